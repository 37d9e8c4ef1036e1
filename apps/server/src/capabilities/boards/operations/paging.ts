import { decodeCursor, encodeCursor, isStringArray } from '../../../platform/http/cursor.ts'

const isPair = (value: unknown): value is readonly [string, string] =>
  isStringArray(value) && value.length === 2

export const pairFrom = (cursor: string | undefined): readonly [string, string] | undefined =>
  decodeCursor(cursor, isPair)

/** One row more than asked for tells whether there is a next page. */
export function pageOf<Row extends { id: string; key: string }>(
  found: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next_cursor: string | null } {
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next_cursor: last ? encodeCursor([last.key, last.id]) : null }
}
