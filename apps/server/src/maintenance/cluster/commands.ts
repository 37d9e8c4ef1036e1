import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '@stoa/kernel'
import {
  type AdminBundle,
  Membership,
  type MembershipChange,
  parseAdminBundle,
  peerIdKey,
  type ReadSnapshot,
} from '@stoa/membership'
import {
  type ClusterConfig,
  ClusterError,
  ClusterFolder,
  formatInvitation,
  isInvitation,
  parseInvitation,
  peerIdOfKey,
  publicKeyOfSeed,
} from '../../capabilities/cluster/index.ts'
import type { Config } from '../../config/config.ts'
import { type Contact, type Delivery, visit } from './contact.ts'
import { adminOf, configOf, keepAdmin, newAdmin } from './keys.ts'
import { ownNode } from './own-node.ts'

/** A node that was founded or started a moment ago listens before it knows its members. */
const TOLD_WITHIN_MS = 15_000
const AGAIN_MS = 500

export interface InitOptions {
  readonly name: string | undefined
  readonly nodeName: string
  readonly domain: string | undefined
  readonly addresses: readonly string[]
  readonly days: number
}

export interface Founded {
  readonly cluster: ClusterConfig
  readonly peer: string
  readonly addresses: readonly string[]
  readonly invitation: string
  readonly bundle: string
  readonly folder: string
  readonly running: boolean
}

/** Founds a cluster with this installation as its first member. @throws ClusterError `cluster.exists` */
export async function init(config: Config, options: InitOptions): Promise<Founded> {
  const folder = new ClusterFolder(config.dataDir)
  if (await folder.config())
    throw new ClusterError('cluster.exists', `This installation is in a cluster already (${folder.path}).`)
  const peer = peerIdOfKey(await folder.nodeKey())
  const systemKey = await folder.createSystemKey()
  const clusterId = options.name ?? `stoa-${randomBytes(4).toString('hex')}`
  const start = { clusterId, systemPublicKey: publicKeyOfSeed(systemKey), connect: domainOf(options) }
  await folder.writeConfig(start)
  const own = await addressesOf(folder, config, peer, options)
  // Others begin at this node, and at the name under which it will be found.
  const told = { ...start, connect: [...start.connect, ...own.addresses] }
  const admin = newAdmin(told, systemKey, 1, options.days)
  const bundle = await keepAdmin(folder, admin)
  const membership = new Membership({ clusterId, trust: { systemPublicKey: start.systemPublicKey } })
  const first = sign(membership, admin, {
    add: [{ peer_id: peer, name: options.nodeName, addresses: own.addresses }],
  })
  await folder.writeSnapshot(first.bytes)
  const invitation = formatInvitation(told)
  return { cluster: told, peer, invitation, bundle, folder: folder.path, ...own }
}

export interface JoinOptions extends Pick<InitOptions, 'nodeName' | 'addresses'> {
  /** An invitation, or an admin bundle. */
  readonly text: string
}

export interface Joined {
  readonly cluster: ClusterConfig
  readonly peer: string
  readonly addresses: readonly string[]
  readonly running: boolean
  /** Absent when an invitation was given: the admin lets it in. */
  readonly delivery: Delivery | undefined
}

/** Makes this installation a node of a cluster; with the admin's bundle it is let in at once. */
export async function join(config: Config, options: JoinOptions): Promise<Joined> {
  const folder = new ClusterFolder(config.dataDir)
  const bundle = isInvitation(options.text) ? undefined : parseAdminBundle(options.text)
  const cluster = bundle ? clusterOf(bundle) : parseInvitation(options.text)
  const known = await folder.config()
  if (known && known.clusterId !== cluster.clusterId)
    throw new ClusterError(
      'cluster.exists',
      `This installation is in the cluster ${known.clusterId} already.`,
    )
  const peer = peerIdOfKey(await folder.nodeKey())
  await folder.writeConfig(cluster)
  const own = await addressesOf(folder, config, peer, options)
  const add = [{ peer_id: peer, name: options.nodeName, addresses: own.addresses }]
  const delivery = bundle
    ? (await change(config, folder, cluster, bundle, () => ({ add }))).delivery
    : undefined
  return { cluster, peer, delivery, ...own }
}

const clusterOf = ({ clusterId, systemPublicKey, bootstrap }: AdminBundle): ClusterConfig => ({
  clusterId,
  systemPublicKey,
  connect: bootstrap,
})

const domainOf = ({ domain }: InitOptions) => (domain === undefined ? [] : [domain])

async function addressesOf(
  folder: ClusterFolder,
  config: Config,
  peer: string,
  { addresses }: Pick<InitOptions, 'addresses'>,
): Promise<{ addresses: readonly string[]; running: boolean }> {
  const own = await ownNode(folder, config, peer)
  if (addresses.length === 0) return own
  return { ...own, addresses: addresses.map((one) => (one.includes('/p2p/') ? one : `${one}/p2p/${peer}`)) }
}

export interface Changed {
  readonly snapshot: ReadSnapshot
  readonly delivery: Delivery
}

/** Issues the snapshot after the newest one, as the admin of this installation, and takes it to every node it reaches. */
export async function changeMembers(
  config: Config,
  changes: (membership: Membership) => MembershipChange,
): Promise<Changed> {
  const folder = new ClusterFolder(config.dataDir)
  return change(config, folder, await configOf(folder), await adminOf(folder), changes)
}

/** The next admin takes over at once; whoever has an earlier proof can change nothing any more. */
export async function rotateAdmin(
  config: Config,
  days: number,
): Promise<Changed & { readonly bundle: string }> {
  const folder = new ClusterFolder(config.dataDir)
  const cluster = await configOf(folder)
  const systemKey = await folder.systemKey()
  if (!systemKey) throw new ClusterError('cluster.key_missing', `There is no system.key in ${folder.path}.`)
  const before = await adminOf(folder)
  return await informed({ config, cluster, folder }, before, async (contact) => {
    const epoch =
      Math.max(before.adminProof.epoch, contact.membership.current?.snapshot.admin_proof?.epoch ?? 0) + 1
    const admin = newAdmin({ ...cluster, connect: before.bootstrap }, systemKey, epoch, days)
    const changed = await issue(folder, contact, admin, {})
    return { ...changed, bundle: await keepAdmin(folder, admin) }
  })
}

/** What the newest snapshot says, and who was reached. */
export async function look<T>(config: Config, work: (contact: Contact) => Promise<T>): Promise<T> {
  const folder = new ClusterFolder(config.dataDir)
  const cluster = await configOf(folder)
  const bundle = await folder.adminBundle()
  const key = bundle === undefined ? undefined : parseAdminBundle(bundle).adminSecretKey
  return await visit({ config, cluster, folder }, key, work)
}

/** A member by its name or peer id; a peer id of nobody known is taken as it is. @throws ClusterError */
export function memberId(membership: Membership, text: string): string {
  const named = membership.members.filter(({ name, peer_id }) => name === text || peer_id === text)
  if (named.length === 1) return named[0]!.peer_id
  if (named.length > 1)
    throw new ClusterError(
      'cluster.input_invalid',
      `${named.length} members are called ${text}: name the peer id.`,
    )
  return peerId(text)
}

/** `PEER=NAME`, or `PEER=NAME@ADDRESS,ADDRESS`. @throws ClusterError */
export function newMember(text: string) {
  const [, id = '', name = '', addresses] = /^([^=]+)=([^@]+)(?:@(.+))?$/.exec(text) ?? []
  if (name === '') throw new ClusterError('cluster.input_invalid', `Not PEER_ID=NAME: ${text}`)
  return { peer_id: peerId(id), name, addresses: addresses?.split(',') ?? [] }
}

function peerId(text: string): string {
  try {
    peerIdKey(text)
    return text
  } catch (cause) {
    throw new ClusterError('cluster.input_invalid', `There is no member or peer id ${text}.`, { cause })
  }
}

async function change(
  config: Config,
  folder: ClusterFolder,
  cluster: ClusterConfig,
  admin: AdminBundle,
  changes: (membership: Membership) => MembershipChange,
): Promise<Changed> {
  return await informed({ config, cluster, folder }, admin, (contact) =>
    issue(folder, contact, admin, changes(contact.membership)),
  )
}

/** A visit by the admin, once a node has told the newest snapshot: one made without knowing it would undo what it says. */
async function informed<T>(
  place: Parameters<typeof visit>[0],
  { adminSecretKey }: AdminBundle,
  work: (contact: Contact) => Promise<T>,
): Promise<T> {
  const giveUpAt = systemClock.now() + TOLD_WITHIN_MS
  for (;;) {
    const done = await visit(place, adminSecretKey, async (contact) => {
      if (contact.reached.length > 0 && contact.membership.current) return { result: await work(contact) }
      if (contact.reached.length > 0 && systemClock.now() < giveUpAt) return undefined
      throw new ClusterError(
        'cluster.unreachable',
        'No node of the cluster answers, so nobody knows the newest snapshot: start one first.',
      )
    })
    if (done) return done.result
    await delay(AGAIN_MS)
  }
}

async function issue(
  folder: ClusterFolder,
  contact: Contact,
  admin: AdminBundle,
  wanted: MembershipChange,
): Promise<Changed> {
  const snapshot = sign(contact.membership, admin, wanted)
  await folder.writeSnapshot(snapshot.bytes)
  return { snapshot, delivery: await contact.push(snapshot) }
}

function sign(membership: Membership, admin: AdminBundle, wanted: MembershipChange): ReadSnapshot {
  const inForce = membership.current?.snapshot.admin_proof?.epoch ?? 0
  if (inForce > admin.adminProof.epoch)
    throw new ClusterError(
      'cluster.bundle_ended',
      'Another admin has taken over since: this bundle can change nothing any more.',
    )
  const signer = { secretKey: admin.adminSecretKey, proof: admin.adminProof }
  return membership.next(wanted, signer, systemClock.now())
}
