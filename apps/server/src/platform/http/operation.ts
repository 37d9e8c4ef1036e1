import type { operations } from '@stoa/contracts'
import type { Logger } from '@stoa/kernel'
import type { TenantContext, Tx } from '../database/database.ts'

export type OperationId = keyof operations

type Content<T> = T extends { content: infer C } ? C[keyof C] : undefined
type Parameters<Operation, Where extends string> = Operation extends { parameters: infer P }
  ? Where extends keyof P
    ? NonNullable<P[Where]>
    : Record<string, never>
  : Record<string, never>
type Successes<Operation> = Operation extends { responses: infer R }
  ? {
      [Status in keyof R]: `${Status & number}` extends `2${string}` | `3${string}`
        ? { status: Status; body: Content<R[Status]>; headers?: Record<string, string | string[]> }
        : never
    }[keyof R]
  : never

/** What the contract promises to answer: one member per declared 2xx/3xx status. A wrong field is a compile error. */
export type Reply<Op extends OperationId> = Successes<operations[Op]>

/** A validated request. Everything in it has passed the contract's schema. */
export interface Request<Op extends OperationId> {
  readonly params: Parameters<operations[Op], 'path'>
  readonly query: Parameters<operations[Op], 'query'>
  readonly headers: Parameters<operations[Op], 'header'>
  readonly body: operations[Op] extends { requestBody?: infer B } ? Content<NonNullable<B>> : undefined
  /** The caller. Operations without `security` in the contract get none: use {@link Request.connection}. */
  readonly context: TenantContext
  readonly connection: Connection
  readonly signal: AbortSignal
  readonly log: Logger
  /** Read-only tenant transaction. */
  read<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Tenant transaction for a write. When the request carries an `Idempotency-Key`, the reply is stored in the same
   * transaction: a repeated request gets the stored reply and `run` is not called again.
   */
  write(run: (tx: Tx) => Promise<Reply<Op>>): Promise<Reply<Op>>
}

/** What the transport knows about the caller, for sign-in, rate limits and device sessions. */
export interface Connection {
  readonly ip: string
  readonly userAgent: string
  readonly origin: string | undefined
  /** `Sec-Fetch-Site` of browsers: `same-origin`, `same-site`, `cross-site`, `none`. */
  readonly fetchSite?: string | undefined
  /** Scheme and host under which the caller reached us, e.g. `https://read.example`. */
  readonly baseUrl: string
  readonly cookies: Readonly<Record<string, string | undefined>>
}

export type Handler<Op extends OperationId> = (request: Request<Op>) => Promise<Reply<Op>>

/** One contract operation and what answers it. */
export interface Operation<Op extends OperationId = OperationId> {
  readonly id: Op
  readonly handle: Handler<Op>
}

export function operation<Op extends OperationId>(id: Op, handle: Handler<Op>): Operation {
  return { id, handle } as unknown as Operation
}
