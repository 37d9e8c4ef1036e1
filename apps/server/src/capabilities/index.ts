/** Every capability of the program, wired to the others: one place to see what Stoa does and who needs whom. */
import { type Service, uuidv7 } from '@stoa/kernel'
import type { Tx } from '../platform/database/database.ts'
import type { Authenticator } from '../platform/http/authenticator.ts'
import type { BoardNetwork } from './boards/index.ts'
import type { Capability } from './capability.ts'
import { type Cluster, createCluster } from './cluster/index.ts'
import type { House } from './house.ts'
import { createIdentity, type Identity } from './identity/index.ts'
import { BookReaderPool, SAMPLE, type SampleData } from './library/index.ts'
import { createReadingPlane } from './reading-plane.ts'
import { createRealtimePlane, type RealtimePlane } from './realtime-plane.ts'
import type { Rooms } from './rooms/index.ts'
import { createSystem } from './system/index.ts'
import { createOrganisations, createTenancy, type NewOrganisation, workspacesOf } from './tenancy/index.ts'

export interface Capabilities {
  readonly all: readonly Capability[]
  /** What jobs use: started before the first of them, stopped after the last. */
  readonly engines: readonly Service[]
  readonly authenticator: Authenticator
  /** What is said in rooms, for whoever follows it live. */
  readonly rooms: Pick<Rooms, 'topics' | 'messageFor'>
  readonly realtime: RealtimePlane
  /** The nodes of this installation's operator. */
  readonly cluster: Cluster
  /** Health and metrics: what every process answers that answers HTTP at all. */
  readonly system: Capability
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
  const cluster = createCluster({ ...house, dataDir: settings.dataDir, version: settings.version })
  const realtime = createRealtimePlane(house, cluster)
  const reading = createReadingPlane(house, reader, realtime.statesync, boardNetworkOf(house, cluster))
  const system = createSystem({
    ...house,
    version: settings.version,
    audience: async (context) =>
      (await identity.isCurrent(context))
        ? new Set(await database.tenantRead(context, workspacesOf))
        : undefined,
  })
  return {
    all: [system, identity, tenancy, ...reading.all, realtime.realtime, cluster],
    engines: [reader, ...reading.library.engines],
    authenticator: identity.authenticator,
    rooms: reading.rooms,
    realtime,
    cluster,
    system,
    identity,
    announce: (url) => identity.announce(url),
  }
}

/** Boards travel over the cluster of this node, where this process is a node. */
function boardNetworkOf({ boardNetwork }: House, cluster: Cluster): BoardNetwork | undefined {
  if (boardNetwork) return boardNetwork
  return cluster.isNode ? { network: cluster.network, members: cluster } : undefined
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
