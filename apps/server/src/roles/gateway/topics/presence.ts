import { encodeServerFrame, type ServerFrame } from '@stoa/contracts/realtime'

/** A connection as the others of its topics see it. */
export interface Follower {
  readonly accountId: string
  relaySignal(bytes: Uint8Array): void
}

/** Who follows each topic on this gateway, and what they say to each other that need not last. */
export class Presence {
  readonly #topics = new Map<string, Set<Follower>>()

  /** Accounts that follow a topic, each once. */
  accounts(key: string): readonly string[] {
    return [...new Set([...(this.#topics.get(key) ?? [])].map(({ accountId }) => accountId))]
  }

  join(key: string, topic: string, connection: Follower): void {
    const followers = this.#topics.get(key) ?? new Set()
    const isFirst = ![...followers].some(({ accountId }) => accountId === connection.accountId)
    this.#topics.set(key, followers.add(connection))
    if (isFirst) this.#announce(key, topic, connection, true)
  }

  leave(key: string, topic: string, connection: Follower): void {
    const followers = this.#topics.get(key)
    if (!followers?.delete(connection)) return
    if (followers.size === 0) this.#topics.delete(key)
    const isLast = ![...followers].some(({ accountId }) => accountId === connection.accountId)
    if (isLast) this.#announce(key, topic, connection, false)
  }

  /** To everybody else in the topic; the first thing to be dropped for who does not keep up. */
  tell(key: string, from: Follower, frame: ServerFrame): void {
    const bytes = encodeServerFrame(frame)
    for (const follower of this.#topics.get(key) ?? []) if (follower !== from) follower.relaySignal(bytes)
  }

  #announce(key: string, topic: string, connection: Follower, present: boolean): void {
    this.tell(key, connection, { kind: 'presence', topic, account_id: connection.accountId, present })
  }
}
