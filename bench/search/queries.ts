import { Dice } from '@stoa/testkit/books/random'
import type { GeneratedPassage } from '../support/prose.ts'

/**
 * Queries of somebody who looks for a passage that he knows (Azzopardi and de Rijke 2007): every word of it that says
 * something is as likely as another, so that common words are asked for as often as they are met.
 */
export function queriesFor(passages: readonly GeneratedPassage[]): ReadonlyMap<string, readonly string[]> {
  const dice = new Dice(passages.length)
  const of = (make: (passage: GeneratedPassage) => string | undefined) =>
    passages.map(make).filter((query) => query !== undefined)
  const run = ({ words, contentWords, language }: GeneratedPassage, length: number) => {
    const at = words.indexOf(dice.pick(contentWords))
    const from = Math.max(0, Math.min(at - dice.between(0, length - 1), words.length - length))
    return words.slice(from, from + length).join(language === 'en' ? ' ' : '')
  }
  const beginning = ({ contentWords, language }: GeneratedPassage) => {
    const word = dice.pick(contentWords)
    return language === 'en' ? word.slice(0, 4) : word
  }
  return new Map([
    ['one word', of(({ contentWords }) => dice.pick(contentWords))],
    ['two words', of(({ contentWords }) => `${dice.pick(contentWords)} ${dice.pick(contentWords)}`)],
    ['eight words in a row', of((passage) => run(passage, 8))],
    ['phrase of three words', of((passage) => `"${run(passage, 3)}"`)],
    ['prefix', of((passage) => `${beginning(passage)}*`)],
  ])
}
