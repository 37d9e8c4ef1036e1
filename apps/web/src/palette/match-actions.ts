import type { Action, ActionGroup } from '../keyboard/actions.ts'

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

const GROUPS: readonly ActionGroup[] = ['act', 'reader', 'list', 'go', 'app']

/** Actions for the palette, best match first; for an empty query all of them, those of this screen before those of all. */
export function matchActions(actions: readonly Action[], query: string): Action[] {
  const scored = actions
    .filter((action) => !action.keysOnly)
    .map((action) => ({
      action,
      score: Math.max(matchScore(action.label, query), matchScore(action.keywords ?? '', query) * 0.9),
    }))
    .filter(({ score }) => score > 0)
  scored.sort((a, b) => b.score - a.score || GROUPS.indexOf(a.action.group) - GROUPS.indexOf(b.action.group))
  return scored.map(({ action }) => action)
}
