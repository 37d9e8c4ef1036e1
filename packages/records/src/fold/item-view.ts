import type { Hash } from '../record.ts'
import { compareRecords, isKind, type Of, type RecordSet } from './record-set.ts'
import type { ItemView } from './view.ts'

/** A post or comment with what was done to it since; `counts` tells which records count (VIEW-1). */
export function viewItem(
  set: RecordSet,
  item: Of<'post' | 'comment'>,
  counts: (id: Hash) => boolean,
): ItemView {
  const done = set
    .doneTo(item.id)
    .filter(({ id }) => counts(id))
    .sort(compareRecords)
  const lastOf = <Kind extends 'edit' | 'lock' | 'pin'>(kind: Kind) =>
    done.filter((one) => isKind(one, kind)).at(-1)
  const { record } = item
  const edit = lastOf('edit')?.record
  const hidden = done.filter((one) => isKind(one, 'hide', 'restore')).at(-1)?.record
  const isComment = record.kind === 'comment'
  return {
    id: item.id,
    kind: record.kind,
    author: record.author,
    createdAt: record.createdAt,
    root: isComment ? record.root : null,
    parent: isComment ? record.parent : null,
    title: isComment ? '' : (edit?.title ?? record.title),
    content: edit?.content ?? record.content,
    media: edit?.media ?? record.media,
    editedAt: edit?.createdAt ?? null,
    deleted: done.some((one) => isKind(one, 'delete')),
    hidden: hidden?.kind === 'hide' ? { by: hidden.author, reason: hidden.reason } : null,
    locked: lastOf('lock')?.record.on ?? false,
    pinned: lastOf('pin')?.record.on ?? false,
  }
}
