import { type components, type operations, routes } from '@stoa/contracts'

type Schemas = components['schemas']
export type OperationId = keyof typeof routes & keyof operations

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined
type SuccessOf<Op extends OperationId> = operations[Op] extends { responses: infer R }
  ? {
      [Status in keyof R]: `${Status & number}` extends `2${string}`
        ? { status: Status; body: JsonOf<R[Status]> }
        : never
    }[keyof R]
  : never
type BodyOf<Op extends OperationId> = operations[Op] extends {
  requestBody?: { content: { 'application/json': infer Body } }
}
  ? Body
  : undefined

export interface MockRequest<Op extends OperationId = OperationId> {
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  body: BodyOf<Op>
}
/** A success as the contract shapes it, or a problem. */
export type MockReply<Op extends OperationId> =
  | SuccessOf<Op>
  | { status: number; problem: Schemas['Problem'] }

/** Answers by operation. Held to the contract by types: a missing field does not compile. */
export type MockHandlers = { [Op in OperationId]?: (request: MockRequest<Op>) => MockReply<Op> }

export interface RawReply {
  status: number
  body: unknown
}

/** A problem document for a mocked refusal. */
export const problem = (
  status: number,
  code: string,
  detail?: string,
): { status: number; problem: Schemas['Problem'] } => ({
  status,
  problem: {
    type: `urn:stoa:problem:${code}`,
    title: 'Problem',
    status,
    code,
    request_id: 'mock',
    ...(detail && { detail }),
  },
})

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = []
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name)
    return '([^/]+)'
  })
  const match = new RegExp(`^${pattern}$`).exec(path)
  return match
    ? Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]))
    : undefined
}

const isOperation = (id: string): id is OperationId => id in routes

/** Specific paths before those with parameters, as a router would. */
const ordered = Object.entries(routes)
  .map(([id, route]) => ({ id, ...route }))
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length)

/** A server in memory: finds the operation of a request and lets its handler answer. Unhandled operations answer 404. */
export function mockApi(...layers: readonly MockHandlers[]) {
  const handlers: MockHandlers = Object.assign({}, ...layers)
  const answer = (
    id: OperationId,
    request: MockRequest,
  ): { status: number; body?: unknown; problem?: unknown } => {
    const handler = handlers[id] as ((request: MockRequest) => MockReply<OperationId>) | undefined
    return handler?.(request) ?? problem(404, 'mock.unhandled')
  }
  return (method: string, url: URL, body: unknown): RawReply | undefined => {
    for (const { id, method: routeMethod, path } of ordered) {
      if (routeMethod !== method || !isOperation(id)) continue
      const params = matchPath(path, url.pathname)
      if (!params) continue
      const reply = answer(id, { params, query: url.searchParams, body: body as never })
      return { status: reply.status, body: reply.problem ?? reply.body }
    }
    return undefined
  }
}
