import type { Service } from '@stoa/kernel'

/** A tenant has events up to `eventId`. */
export interface Wake {
  readonly tenantId: string
  readonly eventId: number
}

export interface WakeListener {
  /** A hint: may come twice, late, or about events already read. */
  onWake(wake: Wake): void
  /** Hints may have been missed; called after every connection, also the first. */
  onGap(): void
}

/**
 * Carries the news of committed events from the process that wrote them to every process that listens. Losing one is no
 * harm as long as `onGap` follows: the events themselves are in the database.
 */
export interface WakeUps extends Service {
  /** The one listener; set before `start`. */
  listen(listener: WakeListener): void
  /** Called after a commit, where the database does not carry the news itself. Never throws. */
  announce?(wake: Wake): void
}

const WAKE = /^([0-9a-f-]{36}):(\d{1,15})$/

/** `tenant:event`, as it travels. */
export function encodeWake({ tenantId, eventId }: Wake): string {
  return `${tenantId}:${eventId}`
}

/** Reads what `encodeWake` wrote; anything else is nobody's news. */
export function decodeWake(text: string): Wake | undefined {
  const match = WAKE.exec(text)
  return match?.[1] === undefined ? undefined : { tenantId: match[1], eventId: Number(match[2]) }
}
