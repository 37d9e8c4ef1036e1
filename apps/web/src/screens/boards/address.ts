import type { PostOrder } from '../../data/boards.ts'

export interface BoardAddress {
  sort?: Exclude<PostOrder, 'newest'>
  /** On a phone, too, what the board is, and not its posts. */
  about?: true
}
export interface PostAddress extends Pick<BoardAddress, 'sort'> {
  comment?: string
}
export interface WriteAddress {
  edit?: string
}

/** SHA-256 in hexadecimal: ids of posts and comments. */
const HASH = /^[0-9a-f]{64}$/
const hash = (value: unknown): string | undefined =>
  typeof value === 'string' && HASH.test(value) ? value : undefined

/** Keeps what makes sense of an address that anybody may have typed. */
export const readBoardAddress = (raw: Record<string, unknown>): BoardAddress => ({
  ...readSort(raw),
  ...(raw.about === true && { about: true }),
})

const readSort = (raw: Record<string, unknown>): Pick<BoardAddress, 'sort'> =>
  raw.sort === 'active' ? { sort: 'active' } : {}

export function readPostAddress(raw: Record<string, unknown>): PostAddress {
  const comment = hash(raw.comment)
  return { ...readSort(raw), ...(comment && { comment }) }
}

export function readWriteAddress(raw: Record<string, unknown>): WriteAddress {
  const edit = hash(raw.edit)
  return edit ? { edit } : {}
}
