import { Problem } from './problem.ts'

/** Page cursors are opaque to clients: base64url of small JSON. They hold sort keys only, nothing secret. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** @throws Problem 400 `cursor.invalid` unless `isValid` accepts what the text holds. */
export function decodeCursor<T>(
  text: string | undefined,
  isValid: (value: unknown) => value is T,
): T | undefined {
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    value = undefined
  }
  if (isValid(value)) return value
  throw new Problem(400, 'cursor.invalid', 'This cursor is not one of ours, or not for this list.')
}

/**
 * A page of a list, of which one row more than `limit` was asked for: that one tells whether there is a next page. `keysOf`
 * gives what the next page begins after.
 */
export function takePage<Row>(
  found: readonly Row[],
  limit: number,
  keysOf: (row: Row) => unknown,
): { readonly rows: Row[]; readonly next_cursor: string | null } {
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next_cursor: last === undefined ? null : encodeCursor(keysOf(last)) }
}

export const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
