/** Every capability of the program, wired to the others: one place to see what Stoa does and who needs whom. */
import { type Clock, type Logger, type Random, type Service, uuidv7 } from '@stoa/kernel'
import type { BlobStore } from '../platform/blobs/blobs.ts'
import type { Cache } from '../platform/cache/cache.ts'
import type { RateLimits } from '../platform/cache/rate-limits.ts'
import type { Database, Tx } from '../platform/database/database.ts'
import type { Authenticator } from '../platform/http/authenticator.ts'
import type { Mailer } from '../platform/mail/mail.ts'
import type { Outbound } from '../platform/outbound/outbound.ts'
import type { Capability } from './capability.ts'
import { createIdentity, type Identity, type IdentitySettings } from './identity/index.ts'
import { BookReaderPool, SAMPLE, type SampleData } from './library/index.ts'
import { createReadingPlane } from './reading-plane.ts'
import { createSystem, type EventSource, type ReadinessCheck } from './system/index.ts'
import { createOrganisations, createTenancy, type NewOrganisation, workspacesOf } from './tenancy/index.ts'

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

export interface HouseSettings extends IdentitySettings {
  /** Folder of everything that is kept. */
  readonly dataDir: string
  /** Scheme and host under which the world reaches us, where that is known. */
  readonly publicUrl: string | undefined
  /** Folder with the books that every new organisation finds on its first shelf. */
  readonly sampleFolder: string
  /** Largest file that may be added to the library. */
  readonly maxFileBytes: number
}

export interface Capabilities {
  readonly all: readonly Capability[]
  /** What jobs use: started before the first of them, stopped after the last. */
  readonly engines: readonly Service[]
  readonly authenticator: Authenticator
  /** For the terminal: sign-in links, key rotation. */
  readonly identity: Identity
  /** Lines for whoever started the program, e.g. the link with which it is set up. `url`: where it was reached first. */
  announce(url: string): Promise<readonly string[]>
}

export function createCapabilities(house: House): Capabilities {
  const { database, settings } = house
  const organisations = createOrganisations({ ...house, onFounded: addSampleLibrary })
  const identity = createIdentity({
    ...house,
    organisations,
    secret: house.deriveKey('identity'),
    issuer: settings.publicUrl,
    settings,
  })
  const tenancy = createTenancy({ ...house, identity, organisations, secret: house.deriveKey('tenancy') })
  const reader = new BookReaderPool()
  const reading = createReadingPlane(house, reader)
  const system = createSystem({
    ...house,
    version: settings.version,
    audience: async (context) =>
      (await identity.isCurrent(context))
        ? new Set(await database.tenantRead(context, workspacesOf))
        : undefined,
  })
  return {
    all: [system, identity, tenancy, ...reading.all],
    engines: [reader],
    authenticator: identity.authenticator,
    identity,
    announce: (url) => identity.announce(url),
  }
}

const SHELF_NAME = { en: 'Start here', zh: '从这里开始' } as const

/** The first book anybody opens teaches Stoa. */
function addSampleLibrary(
  tx: Tx,
  { tenantId, ownerId, workspaceId, locale }: NewOrganisation,
): Promise<void> {
  const shelf = { shelfId: uuidv7(), shelfName: SHELF_NAME[locale] }
  const data: SampleData = { tenantId, accountId: ownerId, workspaceId, ...shelf }
  return tx.enqueue({ name: SAMPLE, data })
}
