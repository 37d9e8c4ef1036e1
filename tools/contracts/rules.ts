/** What Stoa demands of its contract beyond valid OpenAPI. */

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const
const ROLES = new Set(['owner', 'admin', 'member', 'guest'])
const problem = { $ref: '#/components/responses/Problem' }

interface Parameter {
  $ref?: string
  name?: string
  in?: string
}

export interface ContractOperation {
  operationId: string
  security?: readonly object[]
  parameters?: readonly Parameter[]
  requestBody?: object
  responses: Record<string, object>
  'x-access'?: { roles?: readonly string[] }
  'x-rate-limit'?: { points?: number; seconds?: number; by?: string }
}

type PathItem = { parameters?: readonly Parameter[] } & Partial<
  Record<(typeof METHODS)[number], ContractOperation>
>

export interface ContractDocument {
  openapi: '3.1.0'
  paths: Record<string, PathItem>
  components: { schemas?: object; responses?: Record<string, object> }
  [key: string]: unknown
}

export interface Located {
  readonly method: string
  readonly path: string
  readonly item: PathItem
  readonly operation: ContractOperation
}

export function* operationsOf(document: ContractDocument): Generator<Located> {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method]
      if (operation) yield { method: method.toUpperCase(), path, item, operation }
    }
  }
}

export const isPublic = (operation: ContractOperation): boolean => operation.security?.length === 0

function accessFaults({ operation }: Located): string[] {
  const roles = operation['x-access']?.roles
  if (isPublic(operation)) return roles ? ['is public, so x-access means nothing'] : []
  if (!roles || roles.length === 0)
    return ['declares neither `security: []` nor x-access: {roles: […]} (default deny)']
  return roles.filter((role) => !ROLES.has(role)).map((role) => `x-access names an unknown role: ${role}`)
}

function limitFaults({ operation }: Located): string[] {
  const limit = operation['x-rate-limit']
  if (!limit) return []
  const sound =
    Number.isInteger(limit.points) &&
    Number.isInteger(limit.seconds) &&
    (limit.by === 'ip' || limit.by === 'account')
  if (!sound) return ['x-rate-limit must be {points: int, seconds: int, by: ip|account}']
  return limit.by === 'account' && isPublic(operation) ? ['is public, so x-rate-limit must be by: ip'] : []
}

function successFaults({ operation }: Located): string[] {
  const ok = Object.keys(operation.responses).some((status) => /^[23]\d\d$/.test(status))
  return ok ? [] : ['declares no 2xx or 3xx response']
}

/** Handlers get headers by their names, and the transport gives those in lower case. */
function headerFaults({ item, operation }: Located): string[] {
  return [...(item.parameters ?? []), ...(operation.parameters ?? [])]
    .filter((one) => one.in === 'header' && one.name !== one.name?.toLowerCase())
    .map((one) => `must name its header ${one.name} in lower case`)
}

/** One line for each rule broken, naming the operation. */
export function faultsIn(document: ContractDocument): string[] {
  return [...operationsOf(document)].flatMap((located) =>
    [accessFaults, limitFaults, successFaults, headerFaults]
      .flatMap((find) => find(located))
      .map((fault) => `${located.method} ${located.path} (${located.operation.operationId}) ${fault}`),
  )
}

function standardStatuses({ item, operation }: Located): string[] {
  const takesInput = Boolean(operation.requestBody || operation.parameters?.length || item.parameters?.length)
  return [
    ...(takesInput ? ['400'] : []),
    ...(isPublic(operation) ? [] : ['401', '403']),
    ...(operation.requestBody ? ['413', '415'] : []),
    ...(operation['x-rate-limit'] ? ['429'] : []),
    '500',
  ]
}

/** The problems that follow from what an operation is, added where its YAML does not declare them itself. */
export function addStandardProblems(document: ContractDocument): ContractDocument {
  const result = structuredClone(document)
  for (const located of operationsOf(result)) {
    const added = Object.fromEntries(standardStatuses(located).map((status) => [status, problem]))
    const { responses } = located.operation
    const statuses = Object.entries({ ...added, ...responses }).sort(([a], [b]) => a.localeCompare(b))
    located.operation.responses = Object.fromEntries(statuses)
  }
  return result
}
