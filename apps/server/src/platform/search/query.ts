import type { TextQuery } from './search-engine.ts'
import { hanWords } from './segment.ts'

const HAN_RUN = /[\p{sc=Han}々〇]+/gu
const QUOTED = /["“”「」『』]([^"“”「」『』]+)["“”「」『』]/gu
const PREFIX = /([\p{L}\p{N}]+)\*/gu
const MAX_PARTS = 16

/**
 * Takes apart what a person typed: `"exact words"` (also with Chinese quotation marks) is a phrase, `begin*` a prefix, the
 * rest is free text in which every word counts but none must be there.
 */
export function parseQuery(typed: string): TextQuery {
  const text = typed.normalize('NFKC')
  const phrases = Array.from(text.matchAll(QUOTED), (match) => (match[1] ?? '').trim()).filter(
    (phrase) => phrase !== '',
  )
  const unquoted = text.replace(QUOTED, ' ')
  const prefixes = Array.from(unquoted.matchAll(PREFIX), (match) => (match[1] ?? '').toLowerCase())
  const free = unquoted.replace(PREFIX, ' ')
  const hanRuns = free.match(HAN_RUN) ?? []
  return {
    latin: free.replace(HAN_RUN, ' ').replace(/\s+/g, ' ').trim(),
    han: [...new Set(hanRuns.flatMap((run) => hanWords(run)))].slice(0, MAX_PARTS),
    hanRuns: hanRuns.slice(0, MAX_PARTS),
    phrases: phrases.slice(0, MAX_PARTS),
    prefixes: prefixes.slice(0, MAX_PARTS),
  }
}

/** Nothing in it can be looked up: punctuation, say. */
export function isEmptyQuery(query: TextQuery): boolean {
  const { latin, han, hanRuns, phrases, prefixes } = query
  return !/[\p{L}\p{N}]/u.test([latin, ...han, ...hanRuns, ...phrases, ...prefixes].join(''))
}
