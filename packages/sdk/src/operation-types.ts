import type { operations } from '@stoa/contracts'

/** An operation of the contract by its name, e.g. `getBook`. */
export type OperationId = keyof operations

type Content<T> = T extends { content: infer C } ? C[keyof C] : undefined

type Part<Op extends OperationId, Where extends string> = operations[Op] extends { parameters: infer P }
  ? Where extends keyof P
    ? NonNullable<P[Where]>
    : never
  : never

type Body<Op extends OperationId> = operations[Op] extends { requestBody?: infer B }
  ? Content<NonNullable<B>>
  : never

/** Left out where the operation has none, optional where nothing in it is required. */
type Member<Name extends string, T> = [T] extends [never]
  ? unknown
  : undefined extends T
    ? { readonly [K in Name]?: T }
    : Record<never, never> extends T
      ? { readonly [K in Name]?: T }
      : { readonly [K in Name]: T }

/** What an operation takes: `{ path, query, headers, body }`, as far as its contract has them. */
export type Input<Op extends OperationId> = Member<'path', Part<Op, 'path'>> &
  Member<'query', Part<Op, 'query'>> &
  Member<'headers', Part<Op, 'header'>> &
  Member<'body', Body<Op>>

type Successes<R> = {
  [Status in keyof R]: `${Status & number}` extends `2${string}` ? Content<R[Status]> : never
}[keyof R]

/** The body of a success; `undefined` where there is none. */
export type Output<Op extends OperationId> = operations[Op] extends { responses: infer R }
  ? Successes<R>
  : never
