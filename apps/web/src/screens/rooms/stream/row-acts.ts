import type { Message } from '../../../data/rooms.ts'

/** What rows need of the room around them. */
export interface RowActs {
  readonly accountId: string
  readonly canPost: boolean
  isOwn(message: Message): boolean
  mayRemove(message: Message): boolean
  react(message: Message, emoji: string, on: boolean): void
  /** Undefined inside a thread. */
  readonly reply: ((message: Message) => void) | undefined
  quote(message: Message): void
  quoteElsewhere(message: Message): void
  edit(message: Message): void
  /** @throws ApiError, ConnectionError */
  saveEdit(message: Message, body: string): Promise<void>
  endEdit(): void
  remove(message: Message): void
  copyLink(message: Message): void
  copyText(message: Message): void
}
