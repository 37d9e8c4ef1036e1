import type { Clock, Logger, Random } from '@stoa/kernel'
import type { BlobStore } from '../platform/blobs/blobs.ts'
import type { Cache } from '../platform/cache/cache.ts'
import type { RateLimits } from '../platform/cache/rate-limits.ts'
import type { Database } from '../platform/database/database.ts'
import type { Mailer } from '../platform/mail/mail.ts'
import type { Outbound } from '../platform/outbound/outbound.ts'
import type { ContentTelemetry } from '../platform/telemetry/content.ts'
import type { BoardNetwork, ReplicationSettings } from './boards/index.ts'
import type { PeerAccess } from './cluster/index.ts'
import type { IdentitySettings } from './identity/index.ts'
import type { QuantumOffer } from './realtime/index.ts'
import type { ScriptRunner } from './sessions/index.ts'
import type { EventSource, ReadinessCheck } from './system/index.ts'

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
  /** Counts what daily jobs cleared up. */
  readonly onSwept: (what: string, count: number) => void
  /** Services of the realtime plane: in this process or elsewhere. */
  readonly rpc: RpcPlaces
  /** The UDP port of the gateway, here or elsewhere, as clients find it. */
  readonly quantumOffer: () => QuantumOffer | undefined
  /** The way to other nodes; absent in a process without the role `node`. */
  readonly peers: PeerAccess | undefined
  /** A group commit of documents has ended. */
  readonly onCommit: (outcome: 'committed' | 'failed', operations: number, seconds: number) => void
  readonly onStream: { opened(): void; closed(): void }
  /** Other nodes that boards are exchanged with; absent: this node keeps them for itself. */
  readonly boardNetwork?: BoardNetwork
  /** What the content plane counts. */
  readonly content: ContentTelemetry
  /** 32 bytes that stay the same for one purpose. */
  readonly deriveKey: (purpose: string) => Uint8Array
  readonly settings: HouseSettings
}

/** Where the services of the realtime plane are. */
export interface RpcPlaces {
  /** In this process, or where: `host:port,host:port` or `dns:name:port`. */
  readonly statesync: 'here' | string
  readonly session: 'here' | string
  /** The Redis that keeps sessions; absent: they are kept in memory. */
  readonly sessionRedis: ScriptRunner | undefined
  /** Shared by our processes. */
  readonly token: string | undefined
  /** A process of a service has failed too often and is not asked for a while; or is asked again. */
  readonly onCircuit: (service: string, address: string, open: boolean) => void
  /** Where other processes reach this one. */
  readonly address: () => string | undefined
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
  readonly content: ReplicationSettings
}
