import { decodeCursor, isStringArray } from '../../../platform/http/cursor.ts'

const isPair = (value: unknown): value is readonly [string, string] =>
  isStringArray(value) && value.length === 2

export const pairFrom = (cursor: string | undefined): readonly [string, string] | undefined =>
  decodeCursor(cursor, isPair)

/** Where the next page begins: after the last row of this one. */
export const pairOf = ({
  key,
  id,
}: {
  readonly key: string
  readonly id: string
}): readonly [string, string] => [key, id]
