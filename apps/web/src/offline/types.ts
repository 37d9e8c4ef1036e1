import type { components } from '@stoa/contracts'

type Schemas = components['schemas']
export type Highlight = Schemas['Highlight']
export type Note = Schemas['Note']
export type Book = Schemas['Book']
export type Locator = Schemas['Locator']
export type TextQuote = Schemas['TextQuote']
export type BookFile = Schemas['BookFile']

/** A highlight on this device. `pending`: the server does not have it as it is shown. */
export type LocalHighlight = Highlight & { readonly pending: boolean }
export type LocalNote = Note & { readonly pending: boolean }

export type HighlightFields = Pick<
  Highlight,
  'color' | 'note' | 'tags' | 'visibility' | 'locator' | 'anchor_status'
>
export type NoteFields = Pick<Note, 'title' | 'body' | 'tags' | 'visibility'>

export interface NewHighlight {
  readonly id: string
  readonly book_id: string
  readonly locator: Locator
  readonly quote: TextQuote
  readonly chapter?: string
  readonly color: Highlight['color']
  readonly note?: string
  readonly tags?: string[]
  readonly visibility?: Highlight['visibility']
  readonly created_at: string
}

export interface NewNote {
  readonly id: string
  readonly book_id?: string
  readonly highlight_id?: string
  readonly locator?: Locator
  readonly quote?: TextQuote
  readonly title?: string
  readonly body: string
  readonly tags?: string[]
  readonly visibility?: Note['visibility']
  readonly created_at: string
}

export interface Place {
  readonly locator: Locator
  readonly fraction: number
  readonly label?: string
  readonly device_id: string
  readonly device_name: string
  readonly recorded_at: string
}

/** What waits for the server. `base`: the fields as they were when the change began, for merging. */
export type Write =
  | { readonly kind: 'highlight.create'; readonly body: NewHighlight }
  | {
      readonly kind: 'highlight.update'
      readonly id: string
      readonly version: number
      readonly base: Partial<HighlightFields>
      readonly changes: Partial<HighlightFields>
    }
  | { readonly kind: 'highlight.delete'; readonly id: string }
  | { readonly kind: 'highlight.restore'; readonly id: string }
  | { readonly kind: 'note.create'; readonly body: NewNote }
  | {
      readonly kind: 'note.update'
      readonly id: string
      readonly version: number
      readonly base: Partial<NoteFields>
      readonly changes: Partial<NoteFields>
    }
  | { readonly kind: 'note.delete'; readonly id: string }
  | { readonly kind: 'note.restore'; readonly id: string }
  | { readonly kind: 'position'; readonly bookId: string; readonly place: Place }
  | {
      readonly kind: 'status'
      readonly bookId: string
      readonly status: Book['reading']['status']
      readonly recorded_at: string
    }
  | { readonly kind: 'bookmark.create'; readonly bookId: string; readonly body: NewBookmark }
  | { readonly kind: 'bookmark.delete'; readonly bookId: string; readonly id: string }
  | { readonly kind: 'reading.start'; readonly body: ReadingStart }
  | { readonly kind: 'reading.beat'; readonly sessionId: string; readonly body: ReadingBeat }
  | { readonly kind: 'reading.end'; readonly sessionId: string; readonly body: { readonly at: string } }

export interface NewBookmark {
  readonly id: string
  readonly locator: Locator
  readonly label?: string
  readonly excerpt?: string
}

export interface ReadingStart {
  readonly id: string
  readonly book_id: string
  readonly device_id: string
  readonly started_at: string
  readonly time_zone: string
}

export interface ReadingBeat {
  readonly sequence: number
  readonly at: string
  readonly active_seconds: number
}

/** Both sides of a conflict, for the person who decides. */
export interface Conflict {
  readonly fields: readonly string[]
  readonly theirs: Highlight | Note
}

/** What an entry of the outbox is about. */
export function targetOf(write: Write): string {
  switch (write.kind) {
    case 'highlight.create':
    case 'note.create':
      return `${write.kind.split('.')[0]}:${write.body.id}`
    case 'highlight.update':
    case 'highlight.delete':
    case 'highlight.restore':
    case 'note.update':
    case 'note.delete':
    case 'note.restore':
      return `${write.kind.split('.')[0]}:${write.id}`
    case 'position':
    case 'status':
      return `${write.kind}:${write.bookId}`
    case 'bookmark.create':
      return `bookmark:${write.body.id}`
    case 'bookmark.delete':
      return `bookmark:${write.id}`
    case 'reading.start':
      return `reading:${write.body.id}`
    case 'reading.beat':
    case 'reading.end':
      return `reading:${write.sessionId}`
  }
}
