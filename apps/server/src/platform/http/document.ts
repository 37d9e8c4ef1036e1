import type { Access, AccessRole } from '@stoa/contracts'
import type { OperationId } from './operation.ts'

export type Schema = Readonly<Record<string, unknown>>
/** Media type → its schema. */
export type ContentTypes = Readonly<Record<string, { readonly schema?: Schema }>>
export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema: Schema
}

export interface RateLimit {
  readonly points: number
  readonly seconds: number
  readonly by: 'ip' | 'account'
}

/** One operation of the contract, its references to parameters, bodies and responses followed. Schemas keep theirs. */
export interface ContractOperation {
  readonly id: OperationId
  readonly method: Method
  /** With `{parameters}`. */
  readonly path: string
  readonly access: Access
  readonly rateLimit: RateLimit | undefined
  /** Bytes. */
  readonly maxBody: number | undefined
  readonly parameters: readonly Parameter[]
  readonly body: { readonly required: boolean; readonly content: ContentTypes } | undefined
  /** Status → media types; empty when the reply has no body. */
  readonly replies: ReadonlyMap<number, ContentTypes>
}

interface Referable {
  readonly $ref?: string
}

interface RawOperation {
  readonly operationId: OperationId
  readonly parameters?: readonly (Parameter & Referable)[]
  readonly requestBody?: Referable & { required?: boolean; content?: ContentTypes }
  readonly responses: Readonly<Record<string, Referable & { content?: ContentTypes }>>
  readonly security?: readonly object[]
  readonly 'x-access'?: { readonly roles: readonly AccessRole[] }
  readonly 'x-rate-limit'?: RateLimit
  readonly 'x-max-body'?: number
}

type RawPath = { parameters?: readonly (Parameter & Referable)[] } & Readonly<
  Partial<Record<string, RawOperation>>
>

/** An OpenAPI 3.1 document, bundled: every `$ref` points inside it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>

export function schemasOf(document: OpenApiDocument): Readonly<Record<string, Schema>> {
  const components = document.components as { schemas?: Record<string, Schema> } | undefined
  return components?.schemas ?? {}
}

/** Follows a local `$ref` such as `#/components/responses/Problem`. */
function follow<T extends Referable>(document: OpenApiDocument, node: T): T {
  if (node.$ref === undefined) return node
  let target: unknown = document
  for (const key of node.$ref.slice(2).split('/')) {
    target = (target as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return follow(document, target as T)
}

/** Every operation of the contract, in the order of the document. */
export function operationsOf(document: OpenApiDocument): ContractOperation[] {
  const paths = document.paths as Readonly<Record<string, RawPath>>
  return Object.entries(paths).flatMap(([path, item]) =>
    (['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const).flatMap((method) => {
      const raw = item[method.toLowerCase()]
      return raw ? [read(document, path, method, item, raw)] : []
    }),
  )
}

function read(
  document: OpenApiDocument,
  path: string,
  method: Method,
  item: RawPath,
  raw: RawOperation,
): ContractOperation {
  const body = raw.requestBody && follow(document, raw.requestBody)
  const replies = Object.entries(raw.responses).map(
    ([status, response]) => [Number(status), follow(document, response).content ?? {}] as const,
  )
  return {
    id: raw.operationId,
    method,
    path,
    access:
      raw.security?.length === 0 ? { public: true } : { public: false, roles: raw['x-access']?.roles ?? [] },
    rateLimit: raw['x-rate-limit'],
    maxBody: raw['x-max-body'],
    parameters: [...(item.parameters ?? []), ...(raw.parameters ?? [])].map((one) => follow(document, one)),
    body: body && { required: body.required ?? false, content: body.content ?? {} },
    replies: new Map(replies),
  }
}
