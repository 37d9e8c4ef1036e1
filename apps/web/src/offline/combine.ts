import type { Write } from './types.ts'

/** Two writes to one thing, neither sent yet: the one write that does both, or nothing when each must be sent. */
export function combineWrites(first: Write, second: Write): Write | undefined {
  if (second.kind === 'position' && first.kind === 'position') {
    return second.place.recorded_at >= first.place.recorded_at ? second : first
  }
  if (second.kind === 'status' && first.kind === 'status') return second
  if (first.kind === 'highlight.create' && second.kind === 'highlight.update') {
    const { anchor_status: _, note, ...changes } = second.changes
    const { note: before, ...body } = first.body
    const kept = note === undefined ? before : (note ?? undefined)
    return { ...first, body: { ...body, ...changes, ...(kept !== undefined && { note: kept }) } }
  }
  if (first.kind === 'note.create' && second.kind === 'note.update') {
    const { title, ...changes } = second.changes
    const { title: before, ...body } = first.body
    const kept = title === undefined ? before : (title ?? undefined)
    return { ...first, body: { ...body, ...changes, ...(kept !== undefined && { title: kept }) } }
  }
  if (first.kind === 'highlight.update' && second.kind === 'highlight.update') {
    return {
      ...first,
      base: { ...second.base, ...first.base },
      changes: { ...first.changes, ...second.changes },
    }
  }
  if (first.kind === 'note.update' && second.kind === 'note.update') {
    return {
      ...first,
      base: { ...second.base, ...first.base },
      changes: { ...first.changes, ...second.changes },
    }
  }
  return undefined
}
