/** A server-sent event as it came over the wire. */
export interface WireEvent {
  /** Last id seen, this event's or an earlier one's. */
  readonly id: string
  readonly type: string
  readonly data: string
}

/** Takes text in any pieces, gives whole events (WHATWG HTML §9.2.6). Knows `id`, `event`, `data`, `retry` and comments. */
export class SseParser {
  /** Milliseconds the server wants a client to wait before it comes back. */
  retry: number | undefined
  #rest = ''
  #id = ''
  #type = ''
  #data: string[] = []

  push(text: string): WireEvent[] {
    const events: WireEvent[] = []
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') this.#field(line)
      else if (this.#data.length > 0) events.push(this.#dispatch())
      else this.#type = ''
    }
    return events
  }

  #field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') this.#data.push(value)
    else if (name === 'event') this.#type = value
    else if (name === 'id' && !value.includes('\0')) this.#id = value
    else if (name === 'retry' && /^\d+$/.test(value)) this.retry = Number(value)
  }

  #dispatch(): WireEvent {
    const event = { id: this.#id, type: this.#type || 'message', data: this.#data.join('\n') }
    this.#type = ''
    this.#data = []
    return event
  }
}
