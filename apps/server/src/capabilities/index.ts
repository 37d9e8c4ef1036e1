/** Every capability of the program, wired to the others: one place to see what Stoa does and who needs whom. */
import type { Clock, Logger, Random } from '@stoa/kernel'
import type { BlobStore } from '../platform/blobs/blobs.ts'
import type { Cache } from '../platform/cache/cache.ts'
import type { RateLimits } from '../platform/cache/rate-limits.ts'
import type { Database } from '../platform/database/database.ts'
import type { Authenticator } from '../platform/http/authenticator.ts'
import { tokenInvalid } from '../platform/http/errors.ts'
import type { Mailer } from '../platform/mail/mail.ts'
import type { Outbound } from '../platform/outbound/outbound.ts'
import type { Capability } from './capability.ts'
import { createSystem, type EventSource, type ReadinessCheck } from './system/index.ts'

/** The ports of the platform that capabilities stand on. */
export interface House {
  readonly database: Database
  readonly events: EventSource
  readonly blobs: BlobStore
  readonly cache: Cache
  readonly rateLimits: RateLimits
  readonly mailer: Mailer
  readonly outbound: Outbound
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly metrics: { text(): Promise<string>; readonly token: string | undefined }
  readonly checks: readonly ReadinessCheck[]
  readonly onStream: { opened(): void; closed(): void }
  /** 32 bytes that stay the same for one purpose. */
  readonly deriveKey: (purpose: string) => Uint8Array
  readonly settings: HouseSettings
}

export interface HouseSettings {
  readonly version: string
  /** Folder of everything that is kept. */
  readonly dataDir: string
  /** Scheme and host under which the world reaches us, where that is known. */
  readonly publicUrl: string | undefined
  /** False where mail is only shown on the server's terminal. */
  readonly mailReachesPeople: boolean
}

export interface Capabilities {
  readonly all: readonly Capability[]
  readonly authenticator: Authenticator
  /** Lines for whoever started the program, e.g. the link with which it is set up. `url`: where it was reached first. */
  announce(url: string): Promise<readonly string[]>
}

export function createCapabilities(house: House): Capabilities {
  const system = createSystem({
    version: house.settings.version,
    checks: house.checks,
    metrics: house.metrics,
    events: house.events,
    audience: async () => undefined,
    onStream: house.onStream,
  })
  return {
    all: [system],
    authenticator: {
      verify: async () => {
        throw tokenInvalid()
      },
    },
    announce: async (url) => [url],
  }
}
