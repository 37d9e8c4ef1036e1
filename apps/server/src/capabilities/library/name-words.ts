/**
 * How names of books are found while typing: every word by its beginning, Chinese by any run of characters. Han text is split
 * into single characters on both sides, so that 红楼 matches 红楼梦 without a dictionary.
 */

const TOKENS = /[\p{sc=Han}]|[^\P{L}\p{sc=Han}]+|\p{N}+/gu
const HAN = /^\p{sc=Han}/u
const MARKS = /\p{M}+/gu

const fold = (text: string): string => text.normalize('NFKD').replace(MARKS, '').toLowerCase()

/** Text for `to_tsvector('simple', …)`. */
export function nameWords(...names: readonly (string | null | undefined)[]): string {
  return names.map((name) => (fold(name ?? '').match(TOKENS) ?? []).join(' ')).join(' ')
}

/** Text for `to_tsquery('simple', …)`; `undefined` when nothing in it can be looked up. */
export function nameQuery(typed: string): string | undefined {
  const phrases: string[] = []
  let run: string[] = []
  const endRun = () => {
    if (run.length > 0) phrases.push(run.join(' <-> '))
    run = []
  }
  for (const token of fold(typed).match(/\s+|[\p{sc=Han}]|[^\P{L}\p{sc=Han}]+|\p{N}+/gu) ?? []) {
    if (HAN.test(token)) run.push(token)
    else {
      endRun()
      if (token.trim() !== '') phrases.push(`${token}:*`)
    }
  }
  endRun()
  return phrases.length === 0 ? undefined : phrases.slice(0, 12).join(' & ')
}
