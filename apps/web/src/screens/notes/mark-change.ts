import type { Mark } from './marks.ts'
import { readTags } from './marks.ts'
import type { MarkChange } from './use-mark-acts.ts'

/** A mark as it stands in its form. */
export interface Draft {
  readonly ink: NonNullable<MarkChange['ink']>
  readonly title: string
  readonly text: string
  readonly tags: string
  readonly shared: boolean
}

export function draftOf({ kind, row }: Mark): Draft {
  const both = { tags: row.tags.join(', '), shared: row.visibility === 'workspace' }
  return kind === 'highlight'
    ? { ...both, ink: row.color, title: '', text: row.note ?? '' }
    : { ...both, ink: 'amber', title: row.title ?? '', text: row.body }
}

/** What a form changed, nothing else, so that two people can change different parts. `undefined`: nothing. */
export function changeOf(mark: Mark, draft: Draft): MarkChange | undefined {
  const before = draftOf(mark)
  const tags = readTags(draft.tags)
  const same = tags.length === mark.row.tags.length && tags.every((tag, at) => tag === mark.row.tags[at])
  const blankToNull = (text: string) => (text.trim() === '' ? null : text)
  const change: MarkChange = {
    ...(mark.kind === 'highlight' && draft.ink !== before.ink && { ink: draft.ink }),
    ...(mark.kind === 'note' && draft.title !== before.title && { title: blankToNull(draft.title) }),
    ...(draft.text !== before.text && { text: blankToNull(draft.text) }),
    ...(!same && { tags }),
    ...(draft.shared !== before.shared && { visibility: draft.shared ? 'workspace' : 'private' }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}
