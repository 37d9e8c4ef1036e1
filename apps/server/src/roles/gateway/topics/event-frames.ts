import { encodeServerFrame } from '@stoa/contracts/realtime'
import type { Logger } from '@stoa/kernel'
import type { StoredEvent } from '../../../platform/bus/event-store.ts'

/** A message of a room as every reader of it sees it, as new as an event of this revision. */
export type MessageFor = (
  tenantId: string,
  place: { readonly room_id: string; readonly message_id: string; readonly revision: number },
) => Promise<object | undefined>

/** Events whose frame carries the message itself, so that a thousand followers do not ask for it. */
const WITH_MESSAGE = /^message\.(?:created|updated|deleted|reacted)$/
const KEPT = 500

/** The frame of an event, made once for all its followers. */
export class EventFrames {
  readonly #messageFor: MessageFor
  readonly #log: Logger
  readonly #frames = new Map<string, Promise<Uint8Array>>()

  constructor(messageFor: MessageFor, log: Logger) {
    this.#messageFor = messageFor
    this.#log = log
  }

  frameOf(event: StoredEvent, topic: string): Promise<Uint8Array> {
    const key = `${event.tenantId}/${event.id}`
    const known = this.#frames.get(key)
    if (known !== undefined) return known
    const frame = this.#make(event, topic)
    this.#frames.set(key, frame)
    const [oldest] = this.#frames.size > KEPT ? this.#frames.keys() : []
    if (oldest !== undefined) this.#frames.delete(oldest)
    return frame
  }

  async #make(event: StoredEvent, topic: string): Promise<Uint8Array> {
    const message = await this.#messageOf(event)
    return encodeServerFrame({
      ...{ kind: 'event', topic, seq: event.id, type: event.type, payload: event.payload },
      created_at: event.createdAt.toISOString(),
      ...(message === undefined ? {} : { message }),
    })
  }

  /** Without it the event stands alone, and the client asks. */
  async #messageOf({ type, tenantId, payload }: StoredEvent): Promise<object | undefined> {
    if (!WITH_MESSAGE.test(type)) return undefined
    const { room_id, message_id, revision } = payload as Readonly<Record<string, unknown>>
    if (typeof room_id !== 'string' || typeof message_id !== 'string' || typeof revision !== 'number')
      return undefined
    try {
      return await this.#messageFor(tenantId, { room_id, message_id, revision })
    } catch (error) {
      this.#log.warn({ action: 'event_message_unavailable', err: error })
      return undefined
    }
  }
}
