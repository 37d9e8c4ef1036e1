import type { TenantContext } from '../../platform/database/database.ts'

/** Something the program cannot work without. */
export interface ReadinessCheck {
  readonly name: string
  /** Rejects with the reason when the part cannot do its work. */
  check(signal: AbortSignal): Promise<void>
}

/** An event as the outbox has it. */
export interface OutboxEvent {
  readonly id: number
  readonly type: string
  readonly accountId?: string
  readonly workspaceId?: string
  readonly topic?: string
  readonly payload: unknown
  readonly createdAt: Date
}

/** What the event stream needs of the bus. */
export interface EventSource {
  since(
    tenantId: string,
    lastId: number,
  ): Promise<{ readonly events: readonly OutboxEvent[]; readonly more: boolean; readonly reset: boolean }>
  head(tenantId: string): Promise<number>
  follow(
    tenantId: string,
    lastId: number,
    listener: (event: OutboxEvent) => void,
  ): Promise<{ readonly reset: boolean; close(): void }>
}

/** What the system's own operations ask of the house. */
export interface SystemComponents {
  readonly version: string
  readonly checks: readonly ReadinessCheck[]
  readonly metrics: {
    readonly text: () => Promise<string>
    /** Without one, only callers from loopback and private addresses are answered. */
    readonly token: string | undefined
  }
  readonly events: EventSource
  /**
   * Workspaces whose events the caller may see now; `undefined` when the caller may not listen any more: signed out, or no
   * longer a member.
   */
  audience(context: TenantContext): Promise<ReadonlySet<string> | undefined>
  readonly onStream?: { opened(): void; closed(): void } | undefined
}
