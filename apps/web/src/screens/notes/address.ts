import { INKS, type Ink } from '@stoa/ui'

/** What the address of the notes says. Everything is optional. */
export interface NotesAddress {
  ink?: Ink
  tag?: string
  book?: string
  whose?: 'mine' | 'shared'
  q?: string
  by?: 'book'
}

const text = (value: unknown): string | undefined => {
  const said = typeof value === 'number' ? String(value) : value
  return typeof said === 'string' && said.trim() !== '' ? said.slice(0, 200) : undefined
}

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readNotesAddress(raw: Record<string, unknown>): NotesAddress {
  const ink = INKS.find((each) => each === raw.ink)
  const whose = (['mine', 'shared'] as const).find((each) => each === raw.whose)
  const [tag, book, q] = [text(raw.tag), text(raw.book), text(raw.q)]
  return {
    ...(ink && { ink }),
    ...(tag !== undefined && { tag }),
    ...(book !== undefined && { book }),
    ...(whose && { whose }),
    ...(q !== undefined && { q }),
    ...(raw.by === 'book' && { by: 'book' as const }),
  }
}

/** The address with one part changed; `undefined` takes it out. */
export function withPart<Key extends keyof NotesAddress>(
  address: NotesAddress,
  key: Key,
  value: NotesAddress[Key] | undefined,
): NotesAddress {
  const { [key]: _, ...rest } = address
  return value === undefined ? rest : { ...rest, [key]: value }
}

/** Whether something of the list is left out; its order does not count. */
export const isFiltered = ({ by: _, ...filters }: NotesAddress): boolean => Object.keys(filters).length > 0
