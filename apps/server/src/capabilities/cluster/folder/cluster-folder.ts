import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ClusterError } from '../errors.ts'
import { createFile, readIfThere, readSecret, replaceFile, stampOf } from './files.ts'

/** Which cluster this installation belongs to, and where to look for it. */
export interface ClusterConfig {
  readonly clusterId: string
  /** Ed25519 public key that signs the proofs of admins; 32 bytes. */
  readonly systemPublicKey: Uint8Array
  /** Domains and multiaddrs to begin with. */
  readonly connect: readonly string[]
}

/** The program that runs on this folder, and where its node is reached. */
export interface Listening {
  readonly peer: string
  readonly pid: number
  /** Empty while it is in no cluster. */
  readonly addresses: readonly string[]
}

const SEED = /^[0-9a-f]{64}$/

/**
 * `DATA/cluster`: who this node is (`node.key`), which cluster it is of (`cluster.json`), a snapshot handed to it on this
 * machine (`snapshot`), where it listens (`listening.json`); and where the cluster was founded the keys that rule it
 * (`system.key`, `admin.bundle`). All for the owner alone.
 */
export class ClusterFolder {
  readonly path: string

  constructor(dataDir: string) {
    this.path = join(dataDir, 'cluster')
  }

  /** The key of this node, made when there is none. */
  async nodeKey(): Promise<Uint8Array> {
    const path = join(this.path, 'node.key')
    const known = await readSecret(path)
    if (known === undefined) {
      await createFile(path, `${randomBytes(32).toString('hex')}\n`)
      return this.nodeKey()
    }
    return seedOf(known, path)
  }

  /** @throws ClusterError when it is damaged */
  async config(): Promise<ClusterConfig | undefined> {
    const path = join(this.path, 'cluster.json')
    const text = await readIfThere(path)
    if (text === undefined) return undefined
    try {
      return readConfig(JSON.parse(text.toString('utf8')))
    } catch (cause) {
      throw new ClusterError('cluster.folder_unusable', `${path} is damaged: put it back, or join again.`, {
        cause,
      })
    }
  }

  /** Changes whenever the configuration does. */
  configStamp(): Promise<string | undefined> {
    return stampOf(join(this.path, 'cluster.json'))
  }

  async writeConfig({ clusterId, systemPublicKey, connect }: ClusterConfig): Promise<void> {
    const system_pubkey = Buffer.from(systemPublicKey).toString('base64')
    const json = JSON.stringify(
      { v: 1, cluster_id: clusterId, system_pubkey, init_connections: connect },
      null,
      2,
    )
    await replaceFile(join(this.path, 'cluster.json'), `${json}\n`)
  }

  async snapshot(): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.path, 'snapshot'))
  }

  snapshotStamp(): Promise<string | undefined> {
    return stampOf(join(this.path, 'snapshot'))
  }

  writeSnapshot(bytes: Uint8Array): Promise<void> {
    return replaceFile(join(this.path, 'snapshot'), bytes)
  }

  async listening(): Promise<Listening | undefined> {
    const text = await readIfThere(join(this.path, 'listening.json'))
    try {
      return text === undefined ? undefined : readListening(JSON.parse(text.toString('utf8')))
    } catch {
      return undefined // of no use, and written anew by the next start
    }
  }

  writeListening(listening: Listening): Promise<void> {
    return replaceFile(join(this.path, 'listening.json'), `${JSON.stringify(listening)}\n`)
  }

  removeListening(): Promise<void> {
    return rm(join(this.path, 'listening.json'), { force: true })
  }

  async systemKey(): Promise<Uint8Array | undefined> {
    const path = join(this.path, 'system.key')
    const text = await readSecret(path)
    return text === undefined ? undefined : seedOf(text, path)
  }

  /** @throws ClusterError `cluster.exists` */
  async createSystemKey(): Promise<Uint8Array> {
    const key = randomBytes(32)
    const made = await createFile(join(this.path, 'system.key'), `${key.toString('hex')}\n`)
    if (!made) throw new ClusterError('cluster.exists', `There is a system key in ${this.path} already.`)
    return key
  }

  adminBundle(): Promise<string | undefined> {
    return readSecret(join(this.path, 'admin.bundle'))
  }

  writeAdminBundle(text: string): Promise<void> {
    return replaceFile(join(this.path, 'admin.bundle'), `${text}\n`)
  }
}

function seedOf(text: string, path: string): Uint8Array {
  if (SEED.test(text)) return new Uint8Array(Buffer.from(text, 'hex'))
  throw new ClusterError('cluster.folder_unusable', `${path} is damaged: put back the copy from your backup.`)
}

function readConfig(json: unknown): ClusterConfig {
  const { v, cluster_id, system_pubkey, init_connections } = json as Record<string, unknown>
  if (v !== 1 || typeof cluster_id !== 'string' || typeof system_pubkey !== 'string')
    throw new Error('fields are missing')
  const systemPublicKey = new Uint8Array(Buffer.from(system_pubkey, 'base64'))
  if (systemPublicKey.length !== 32) throw new Error('system_pubkey has 32 bytes')
  return { clusterId: cluster_id, systemPublicKey, connect: textsOf(init_connections) }
}

function readListening(json: unknown): Listening {
  const { peer, pid, addresses } = json as Record<string, unknown>
  if (typeof peer !== 'string' || typeof pid !== 'number') throw new Error('fields are missing')
  return { peer, pid, addresses: textsOf(addresses) }
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new Error('a list of texts is missing')
}
