import { cleanText, fold } from './fold.ts'

/**
 * How text becomes words, the same for what is indexed and for what is asked. Chinese is cut into words by ICU (16 MB/s,
 * better recall than long dictionary words); English is left to PostgreSQL's stemmer; phrases and prefixes use characters.
 */

/** Another version may cut differently: contents indexed under another one are indexed anew. */
export const icuVersion: string = process.versions.icu ?? 'none'

const HAN_RUN = /[\p{sc=Han}々〇]+/gu
const HAN = /\p{sc=Han}/u
/** Longer words (of scripts without blanks, or no words at all) are taken in pieces. */
const TOKEN = /[\p{sc=Han}々〇]|(?:[^\P{L}\p{sc=Han}]|\p{M}){1,100}|\p{N}{1,100}/gu

/** What is not ASCII or general punctuation (dashes, quotation marks): text without it has but these words. */
const BEYOND_ASCII = /[\u0080-\u1fff\u2070-\uffff]/
const ASCII_TOKEN = /[a-z]{1,100}|[0-9]{1,100}/g

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Compatibility forms, accents, case and what is invisible taken away. */
export function foldText(text: string): string {
  return fold(cleanText(text))
}

/** Chinese words in order, repeated as they occur. Everything else is left out. */
export function hanWords(text: string): string[] {
  const runs = cleanText(text).match(HAN_RUN)
  if (runs === null) return []
  const words: string[] = []
  // All runs at once: no word goes over the end of a line, and beginning anew takes as long as the words themselves.
  for (const { segment } of segmenter.segment(runs.join('\n'))) if (segment !== '\n') words.push(segment)
  return words
}

/** The text without its Chinese: what the stemmer gets. Folded, as queries are. */
export function latinText(text: string): string {
  return foldText(text).replace(HAN_RUN, ' ')
}

/** The words of the text without its Chinese, folded, in order: what is stemmed one by one. */
export function latinWords(text: string): string[] {
  return tokensOf(latinText(text))
}

/** Folded words; Chinese character by character. In order: what phrases are made of. */
export function phraseTokens(text: string): string[] {
  return tokensOf(foldText(text))
}

/** Most text of most books needs no Unicode properties, which take several times as long. */
function tokensOf(folded: string): string[] {
  return folded.match(BEYOND_ASCII.test(folded) ? TOKEN : ASCII_TOKEN) ?? []
}

/** Whether there is Chinese in it. */
export function hasHan(text: string): boolean {
  return HAN.test(text)
}
