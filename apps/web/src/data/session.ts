import type { components } from '@stoa/contracts'
import { errorOf, OfflineError } from './problem.ts'

type Schemas = components['schemas']
export type SessionReply = Schemas['Session']
export type Role = Schemas['Role']

/** Who is signed in and where. Kept on the device so that the app opens offline; holds no secret. */
export interface Identity {
  readonly sessionId: string
  readonly account: Schemas['Account']
  /** The organisation of this tab; null when the account belongs to none. */
  readonly tenant: Schemas['TenantMembership'] | null
  readonly tenants: readonly Schemas['TenantMembership'][]
}

export type SessionState =
  | { readonly status: 'starting' }
  /** `ended`: it was signed in, and the session was revoked or ran out. */
  | { readonly status: 'signed-out'; readonly ended: boolean }
  | { readonly status: 'signed-in'; readonly identity: Identity }

/** What the store needs from the browser; tests give their own. */
export interface SessionEnvironment {
  fetch(input: string, init: RequestInit): Promise<Response>
  now(): number
  /** Runs one holder of `name` at a time over all tabs. */
  exclusive<T>(name: string, run: () => Promise<T>): Promise<T>
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Between tabs of this browser. */
  channel: { send(message: unknown): void; listen(receive: (message: unknown) => void): void }
}

type TabMessage = { kind: 'session'; reply: SessionReply } | { kind: 'signed-out' }

const IDENTITY = 'stoa.identity'
/** A token that ends sooner than this is renewed before use. */
const MARGIN_MS = 30_000

/**
 * The session of this tab. The access token lives in memory only; the refresh token is a cookie scripts cannot read.
 * Renewal happens once at a time over all tabs, and tabs on the same organisation share its result.
 */
export class SessionStore {
  private state: SessionState = { status: 'starting' }
  private token: { value: string; expiresAt: number } | undefined
  private renewal: Promise<string> | undefined
  private readonly listeners = new Set<() => void>()
  private readonly env: SessionEnvironment

  constructor(env: SessionEnvironment) {
    this.env = env
    env.channel.listen((message) => this.onTabMessage(message))
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): SessionState => this.state

  /** Opens with the identity remembered on this device, if any, and asks the server behind it. */
  async start(): Promise<void> {
    const remembered = this.remembered()
    if (remembered) this.set({ status: 'signed-in', identity: remembered })
    try {
      await this.accessToken()
    } catch (error) {
      if (error instanceof OfflineError && remembered) return
      if (this.state.status === 'starting') this.set({ status: 'signed-out', ended: false })
    }
  }

  /** Takes over the reply to a sign-in, set-up or accepted invitation. */
  adopt(reply: SessionReply): void {
    this.accept(reply)
    this.tell({ kind: 'session', reply })
  }

  /**
   * A token good for at least half a minute.
   * @throws ApiError when the session is over; OfflineError when the server cannot be reached.
   */
  async accessToken(): Promise<string> {
    if (this.token && this.token.expiresAt - this.env.now() > MARGIN_MS) return this.token.value
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined
    })
    return this.renewal
  }

  /** The server refused the token: the next call renews it. */
  forgetToken(token: string): void {
    if (this.token?.value === token) this.token = undefined
  }

  /** Makes this tab one of another organisation. */
  async switchTenant(tenantId: string): Promise<void> {
    await this.env.exclusive('stoa.session', async () => this.accept(await this.requestRenewal(tenantId)))
  }

  /** Puts a changed account or organisation name into the identity, so that the frame shows it at once. */
  amend(change: { account?: Identity['account']; tenantName?: string }): void {
    if (this.state.status !== 'signed-in') return
    const { identity } = this.state
    const name = change.tenantName
    const rename = <T extends { tenant_id: string; name: string }>(tenant: T): T =>
      name !== undefined && tenant.tenant_id === identity.tenant?.tenant_id ? { ...tenant, name } : tenant
    this.remember({
      ...identity,
      account: change.account ?? identity.account,
      tenant: identity.tenant && rename(identity.tenant),
      tenants: identity.tenants.map(rename),
    })
  }

  /** Ends the session here and on every tab, also when the server cannot be told. */
  async signOut(): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    await this.env
      .fetch('/api/v1/auth/sign-out', { method: 'POST', headers, body: '{}' })
      .catch(() => undefined)
    this.end(false)
    this.tell({ kind: 'signed-out' })
  }

  private async renew(): Promise<string> {
    return this.env.exclusive('stoa.session', async () => {
      const shared = this.token
      if (shared && shared.expiresAt - this.env.now() > MARGIN_MS) return shared.value
      const tenantId = this.state.status === 'signed-in' ? this.state.identity.tenant?.tenant_id : undefined
      const reply = await this.requestRenewal(tenantId)
      this.adopt(reply)
      return reply.access_token
    })
  }

  private async requestRenewal(tenantId: string | undefined): Promise<SessionReply> {
    const response = await this.post(tenantId === undefined ? {} : { tenant_id: tenantId })
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok) return body as SessionReply
    const error = errorOf(response, body)
    if (response.status === 403 && tenantId !== undefined) return this.requestRenewal(undefined)
    if (response.status === 401 || response.status === 403) this.end(this.state.status === 'signed-in')
    throw error
  }

  private async post(body: object): Promise<Response> {
    try {
      return await this.env.fetch('/api/v1/auth/refresh', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    } catch (cause) {
      throw new OfflineError('The server cannot be reached.', { cause })
    }
  }

  private accept(reply: SessionReply): void {
    this.token = { value: reply.access_token, expiresAt: Date.parse(reply.access_token_expires_at) }
    const { account, tenant, tenants } = reply
    this.remember({ sessionId: reply.session_id, account, tenant, tenants })
  }

  private end(ended: boolean): void {
    this.token = undefined
    this.env.storage.removeItem(IDENTITY)
    this.set({ status: 'signed-out', ended })
  }

  private remember(identity: Identity): void {
    this.env.storage.setItem(IDENTITY, JSON.stringify(identity))
    this.set({ status: 'signed-in', identity })
  }

  private remembered(): Identity | undefined {
    try {
      const stored: unknown = JSON.parse(this.env.storage.getItem(IDENTITY) ?? 'null')
      const known =
        typeof stored === 'object' && stored !== null && 'account' in stored && 'tenants' in stored
      return known ? (stored as Identity) : undefined
    } catch {
      return undefined
    }
  }

  private onTabMessage(message: unknown): void {
    const known = message as TabMessage
    if (known.kind === 'signed-out') this.end(false)
    else if (known.kind === 'session' && this.shares(known.reply)) this.accept(known.reply)
  }

  private shares(reply: SessionReply): boolean {
    if (this.state.status !== 'signed-in') return true
    const { account, tenant } = this.state.identity
    return account.id === reply.account.id && tenant?.tenant_id === reply.tenant?.tenant_id
  }

  private tell(message: TabMessage): void {
    this.env.channel.send(message)
  }

  private set(state: SessionState): void {
    this.state = state
    for (const listener of [...this.listeners]) listener()
  }
}
