/** A body of raw bytes (`format: binary` in the contract): read it once. */
export type Binary = Uint8Array | AsyncIterable<Uint8Array>

/** One server-sent event (WHATWG HTML §9.2). `data` is sent as JSON. */
export interface ServerSentEvent {
  /** What a client sends back as `Last-Event-ID`. */
  readonly id?: string
  readonly event?: string
  readonly data: unknown
}

/** The body of an event stream (`format: event-stream` in the contract). It ends when the request's signal aborts. */
export type EventStream = AsyncIterable<ServerSentEvent>
