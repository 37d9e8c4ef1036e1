import type { Action } from '../keyboard/actions.ts'

/** Letters of `query` in order within `text`, better when together and at word starts. 0: no match. */
export function matchScore(text: string, query: string): number {
  const haystack = text.toLowerCase()
  const needle = query.toLowerCase().trim()
  if (needle === '') return 1
  const at = haystack.indexOf(needle)
  if (at === 0) return 100
  if (at > 0) return /[\s\p{P}]/u.test(haystack[at - 1] ?? '') ? 80 : 60
  const words = needle.split(/\s+/)
  if (words.length > 1 && words.every((word) => haystack.includes(word))) return 50
  return 0
}

/** Actions for the palette, best match first; all of them in their order for an empty query. */
export function matchActions(actions: readonly Action[], query: string): Action[] {
  const scored = actions
    .filter((action) => !action.keysOnly)
    .map((action) => ({
      action,
      score: Math.max(matchScore(action.label, query), matchScore(action.keywords ?? '', query) * 0.9),
    }))
    .filter(({ score }) => score > 0)
  if (query.trim() !== '') scored.sort((a, b) => b.score - a.score)
  return scored.map(({ action }) => action)
}
