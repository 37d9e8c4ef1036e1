import type { PassageText } from '../search-engine.ts'
import { hanWords, latinWords, phraseTokens } from '../segment.ts'

/** A passage by the numbers of its words. */
export interface CutPassage {
  readonly ord: number
  /** Folded words of the headings, without Chinese: found, but part of no phrase. */
  readonly headings: readonly number[]
  /** Folded words of the text in order, Chinese character by character. */
  readonly tokens: readonly number[]
  /** Chinese words of headings and text, from {@link CutContent.han}. */
  readonly han: readonly number[]
  /** The tokens as text: a blank before, between and after them. */
  readonly words: string
}

/**
 * A content cut into words. A book repeats its words a dozen times: each stands here once, and passages hold its number, so
 * that whatever is asked of a word is asked once a book.
 */
export interface CutContent {
  readonly passages: readonly CutPassage[]
  readonly tokens: readonly string[]
  readonly han: readonly string[]
}

/** Distinct words, numbered in the order in which they first come. */
class Numbered {
  readonly words: string[] = []
  readonly #numbers = new Map<string, number>()

  readonly number = (word: string): number => {
    const known = this.#numbers.get(word)
    if (known !== undefined) return known
    const number = this.words.push(word) - 1
    this.#numbers.set(word, number)
    return number
  }
}

/** Headings are found by their words, but only the text itself can hold a phrase. */
export function cutContent(passages: readonly PassageText[]): CutContent {
  const tokens = new Numbered()
  const han = new Numbered()
  const cut = passages.map(({ ord, text, headings }): CutPassage => {
    const inText = phraseTokens(text)
    return {
      ord,
      headings: latinWords(headings.join('\n')).map(tokens.number),
      tokens: inText.map(tokens.number),
      han: hanWords([...headings, text].join('\n')).map(han.number),
      words: ` ${inText.join(' ')} `,
    }
  })
  return { passages: cut, tokens: tokens.words, han: han.words }
}
