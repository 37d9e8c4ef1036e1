import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { ConfigError } from './errors.ts'

/**
 * The one secret of an installation. Everything else that must be secret and stay the same (keys of signed URLs, the key
 * that private signing keys are encrypted with) is derived from it, so there is one file to back up.
 */
export interface Secrets {
  /** 32 bytes for one purpose, e.g. `blob-urls`: HKDF-SHA-256 (RFC 5869) of the master key. */
  derive(purpose: string): Uint8Array
}

export function secretsFrom(masterKey: Uint8Array): Secrets {
  return { derive: (purpose) => new Uint8Array(hkdfSync('sha256', masterKey, 'stoa', purpose, 32)) }
}

/** The master key from the configuration, else from `DATA/secrets/master.key`, which is made on the first start. */
export async function loadSecrets(config: Pick<Config, 'dataDir' | 'masterKey'>): Promise<Secrets> {
  const key = config.masterKey ?? (await keptKey(join(config.dataDir, 'secrets')))
  return secretsFrom(Buffer.from(key, 'hex'))
}

async function keptKey(folder: string): Promise<string> {
  const file = join(folder, 'master.key')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return (await readKey(file)) ?? (await createKey(folder, file))
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    throw new ConfigError('config.secret_unusable', `${file} cannot be read or written.`, { cause })
  }
}

/** `undefined` when there is none. A damaged key is an error: a new one would make old data unreadable. */
async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  if (!/^[\da-f]{64}\s*$/.test(text)) {
    throw new ConfigError('config.secret_unusable', `${file} is damaged: put back the copy from your backup.`)
  }
  return text.trim()
}

/**
 * Durable before it is used. Written aside and linked into place, so that nobody reads half a key; when two programs race,
 * both use the key of the one that came first.
 */
async function createKey(folder: string, file: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeDurably(draft, `${randomBytes(32).toString('hex')}\n`)
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  if (process.platform !== 'win32') await syncFolder(folder)
  return (await readKey(file)) ?? createKey(folder, file)
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
