export type RoomPanel = 'people' | 'search'

/** What the address of a room may say besides its id. */
export interface RoomAddress {
  message?: string
  thread?: string
  panel?: RoomPanel
  /** The document that is open beside the room. */
  document?: string
}
export interface RoomsAddress {
  view?: 'mentions'
}

const UUID = /^[0-9a-f-]{36}$/i
const id = (value: unknown): string | undefined =>
  typeof value === 'string' && UUID.test(value) ? value : undefined

/** Keeps what makes sense of an address that anybody may have typed. */
export function readRoomAddress(raw: Record<string, unknown>): RoomAddress {
  const message = id(raw.message)
  const thread = id(raw.thread)
  const panel = raw.panel === 'people' || raw.panel === 'search' ? raw.panel : undefined
  const document = id(raw.document)
  return {
    ...(message && { message }),
    ...(thread && { thread }),
    ...(panel && { panel }),
    ...(document && { document }),
  }
}

export const readRoomsAddress = (raw: Record<string, unknown>): RoomsAddress =>
  raw.view === 'mentions' ? { view: 'mentions' } : {}
