/** Data of one event of `streamEvents`; the event's name is its type, e.g. `book.updated`. */
export interface LiveEvent {
  readonly payload: Readonly<Record<string, unknown>>
  readonly workspace_id?: string
  readonly created_at: string
}

/** Events of the stream itself. `ready`: what follows is live. `reset`: events are missing; read everything again. */
export type StreamControl = 'ready' | 'reset'
