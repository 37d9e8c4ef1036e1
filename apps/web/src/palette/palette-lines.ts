import type { Action } from '../keyboard/actions.ts'
import type { Hit } from './providers.ts'
import type { Answers } from './use-answers.ts'

/** What one can choose in the palette, in visual order. `key` is unique. */
export type Line =
  | { kind: 'hit'; key: string; section: string; total?: number; hit: Hit }
  | { kind: 'action'; key: string; section: 'actions'; action: Action }

/** Hits by group, then actions; for an empty query the actions alone. */
export function linesOf(actions: readonly Action[], answers: Answers): Line[] {
  const groups = answers.status === 'idle' ? [] : answers.last.flatMap((answer) => answer.groups)
  const hits = groups.flatMap((group) =>
    group.hits.map((hit): Line => {
      const total = group.total === undefined ? {} : { total: group.total }
      return { kind: 'hit', key: `${group.id}-${hit.id}`, section: group.label, ...total, hit }
    }),
  )
  const acts = actions.map((action): Line => ({ kind: 'action', key: action.id, section: 'actions', action }))
  return [...hits, ...acts]
}
