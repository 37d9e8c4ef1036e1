import type { Message } from './present.ts'

const KEPT = 2_000

/** Where an event says that a message stands now. */
export interface MessagePlace {
  readonly room_id: string
  readonly message_id: string
  readonly revision: number
}

/**
 * Messages that this process has just committed, as every reader of their room sees them: who follows the room gets them
 * without another reading. One counts only for the revision it was written with.
 */
export class SentMessages {
  readonly #kept = new Map<string, Message>()

  keep(tenantId: string, message: Message): void {
    this.#kept.set(`${tenantId}/${message.id}`, message)
    const [oldest] = this.#kept.size > KEPT ? this.#kept.keys() : []
    if (oldest !== undefined) this.#kept.delete(oldest)
  }

  find(tenantId: string, { room_id, message_id, revision }: MessagePlace): Message | undefined {
    const message = this.#kept.get(`${tenantId}/${message_id}`)
    return message?.room_id === room_id && message.revision === revision ? message : undefined
  }
}
