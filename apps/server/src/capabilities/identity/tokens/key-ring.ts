import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Clock, Logger, Random, Service } from '@stoa/kernel'
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importJWK } from 'jose'
import type { Database, Tx } from '../../../platform/database/database.ts'
import { keysSecretWrong, keysTooSoon } from '../errors.ts'
import { isPublished, isRotationDue, type KeyState, planRotation } from '../rules/keys.ts'
import { enterSignIn } from '../store/doors.ts'
import {
  addKey,
  applyRotation,
  deleteRetiredKeys,
  listKeys,
  lockKeys,
  type StoredKey,
} from '../store/signing-keys.ts'
import type { IdentityKeys } from './opaque.ts'
import { open, seal } from './sealed-key.ts'

export interface KeyRingInit {
  readonly database: Database
  readonly keys: IdentityKeys
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

/** A public key as it is published (RFC 7517). */
export interface PublishedKey {
  readonly kty: string
  readonly kid: string
  readonly alg: string
  readonly use: string
  readonly n: string
  readonly e: string
}

export interface KeyStatus {
  readonly kid: string
  /** When the current key began to sign. */
  readonly since: string
  readonly ageDays: number
}

type VerificationKey = Awaited<ReturnType<typeof importJWK>>

/** Another process may have rotated: what we know is read again after so long, or when a token names an unknown key. */
const RELOAD_MS = 60_000
const UNKNOWN_COOLDOWN_MS = 5_000
const MODULUS_BITS = 2048

/**
 * The RS256 keys of access tokens.
 * 1. There is always one current key, which signs, and one next key, which is published already.
 * 2. A replaced key stays published until every token it signed has expired.
 * 3. Private keys leave the database encrypted and never leave this class.
 */
export class KeyRing implements Service {
  readonly name = 'signing-keys'
  readonly #init: KeyRingInit
  #keys: readonly StoredKey[] = []
  #loadedAt = Number.NEGATIVE_INFINITY
  #loading: Promise<void> | undefined
  #signer: { readonly kid: string; readonly key: KeyObject } | undefined
  readonly #verifiers = new Map<string, VerificationKey>()

  constructor(init: KeyRingInit) {
    this.#init = init
  }

  async start(): Promise<void> {
    await this.#load()
    const missing = (['current', 'next'] as const).filter(
      (state) => !this.#keys.some((key) => key.state === state),
    )
    if (missing.length > 0) {
      const made = await Promise.all(missing.map((state) => this.#make(state)))
      await this.#transaction(async (tx) => {
        for (const key of made) await addKey(tx, key)
      })
      await this.#load()
    }
    await this.signer()
  }

  async stop(): Promise<void> {
    this.#signer = undefined
    this.#verifiers.clear()
  }

  /** The key that signs now. @throws StoaError `keys.secret_wrong` */
  async signer(): Promise<{ readonly kid: string; readonly key: KeyObject }> {
    await this.#fresh()
    const current = this.#keys.find(({ state }) => state === 'current')
    if (current === undefined) throw new Error('there is no signing key: the key ring has not been started')
    if (this.#signer?.kid !== current.kid) {
      const der = this.#unseal(current)
      this.#signer = { kid: current.kid, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) }
    }
    return this.#signer
  }

  /** The public key that a token names; undefined when there is none, or not any more. */
  async verifier(kid: string): Promise<VerificationKey | undefined> {
    const { clock } = this.#init
    await this.#fresh()
    if (!this.#find(kid) && clock.now() - this.#loadedAt >= UNKNOWN_COOLDOWN_MS) await this.#load()
    const stored = this.#find(kid)
    if (stored === undefined || !isPublished(stored, clock.now())) return undefined
    const known = this.#verifiers.get(kid)
    if (known !== undefined) return known
    const key = await importJWK(stored.publicJwk, 'RS256')
    this.#verifiers.set(kid, key)
    return key
  }

  /** The key set for others. */
  async published(): Promise<PublishedKey[]> {
    await this.#fresh()
    const now = this.#init.clock.now()
    return this.#keys
      .filter((key) => isPublished(key, now))
      .map(({ publicJwk }) => publicJwk as unknown as PublishedKey)
  }

  /**
   * Replaces the signing key; returns the id of the new one. `compromised` refuses tokens of the old key at once.
   * @throws StoaError `keys.too_soon` when the next key has not been published for long enough, `keys.secret_wrong` when
   * what we would write could not be read by who wrote the keys that are there
   */
  async rotate(options: { readonly compromised?: boolean } = {}): Promise<string> {
    await this.signer()
    const made = await this.#make('next')
    const promoted = await this.#transaction(async (tx) => {
      const now = this.#init.clock.now()
      const plan = planRotation(await lockKeys(tx), now, options.compromised)
      if (plan === undefined) throw new Error('there are no signing keys: the key ring has not been started')
      if ('wait' in plan) throw keysTooSoon(plan.wait)
      await applyRotation(tx, plan.rotate, new Date(now))
      await addKey(tx, made)
      return plan.rotate.promote
    })
    await this.#load()
    this.#init.log.info({
      action: 'signing_key_rotated',
      kid: promoted,
      compromised: options.compromised === true,
    })
    return promoted
  }

  async status(): Promise<KeyStatus> {
    await this.#load()
    const current = this.#keys.find(({ state }) => state === 'current')
    if (current === undefined) throw new Error('there is no signing key: the program has never been started')
    const since = current.activatedAt ?? current.publishedAt
    const ageDays = Math.floor((this.#init.clock.now() - since.getTime()) / 86_400_000)
    return { kid: current.kid, since: since.toISOString(), ageDays }
  }

  /** Rotates when the current key is old enough; forgets keys that retired a day ago. For the maintenance timer. */
  async maintain(): Promise<void> {
    await this.#load()
    const now = this.#init.clock.now()
    if (isRotationDue(this.#keys, now)) await this.rotate()
    await this.#transaction((tx) => deleteRetiredKeys(tx, new Date(now - 86_400_000)))
  }

  #unseal({ kid, privateSealed }: StoredKey): Buffer {
    try {
      return open(this.#init.keys.seal, kid, privateSealed)
    } catch (cause) {
      throw keysSecretWrong(cause)
    }
  }

  #find(kid: string): StoredKey | undefined {
    return this.#keys.find((key) => key.kid === kid)
  }

  async #fresh(): Promise<void> {
    if (this.#init.clock.now() - this.#loadedAt >= RELOAD_MS) await this.#load()
  }

  /** One load at a time, shared by all who wait for it. */
  #load(): Promise<void> {
    this.#loading ??= this.#transaction(listKeys)
      .then((keys) => {
        this.#keys = keys
        this.#loadedAt = this.#init.clock.now()
      })
      .finally(() => {
        this.#loading = undefined
      })
    return this.#loading
  }

  #transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#init.database.account(null, async (tx) => {
      await enterSignIn(tx)
      return await run(tx)
    })
  }

  async #make(state: Exclude<KeyState, 'previous'>): Promise<StoredKey> {
    const { keys, random, clock } = this.#init
    const pair = await generateKeyPair('RS256', { modulusLength: MODULUS_BITS, extractable: true })
    const jwk = await exportJWK(pair.publicKey)
    const kid = await calculateJwkThumbprint(jwk)
    const der = createPrivateKey(await exportPKCS8(pair.privateKey)).export({ format: 'der', type: 'pkcs8' })
    const now = new Date(clock.now())
    return {
      ...{ kid, state, publicJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } },
      ...{ privateSealed: seal(keys.seal, kid, der, random), publishedAt: now },
      ...{ activatedAt: state === 'current' ? now : null, retiresAt: null },
    }
  }
}
