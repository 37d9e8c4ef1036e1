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

export const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
