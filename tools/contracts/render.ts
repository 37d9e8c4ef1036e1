import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { type ContractDocument, isPublic, operationsOf } from './rules.ts'

const header = '/** Generated from contracts/ by tools/generate-contracts.ts. Do not edit. */\n'

/** Formats that stand for something else than text: what a handler returns and a client receives. */
const BODIES: Readonly<Record<string, string>> = { binary: 'Binary', 'event-stream': 'EventStream' }

/** What the generator writes for every document and ours has nothing of. */
const UNUSED = /^export type (?:webhooks|\$defs) = .*;\n/gm

export async function renderTypes(document: ContractDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    alphabetize: true,
    defaultNonNullable: false,
    silent: true,
    transform: (schema) => {
      const name = BODIES[schema.format ?? '']
      return name ? ts.factory.createTypeReferenceNode(name) : undefined
    },
  })
  const imports =
    "import type { Binary, EventStream } from '../binary.ts'\n\nexport type { Binary, EventStream }\n\n"
  return header + imports + astToString(nodes).replace(UNUSED, '')
}

export function renderRoutes(document: ContractDocument): string {
  const lines = sortedOperations(document).map(
    ({ method, path, operation }) => `  ${operation.operationId}: { method: '${method}', path: '${path}' },`,
  )
  return `${header}import type { Route } from '../access.ts'

/** Where each operation is served. */
export const routes = {
${lines.join('\n')}
} as const satisfies Record<string, Route>
`
}

export function renderPermissions(document: ContractDocument): string {
  const lines = sortedOperations(document).map(({ operation }) => {
    const roles = operation['x-access']?.roles?.map((role) => `'${role}'`).join(', ')
    return `  ${operation.operationId}: ${isPublic(operation) ? '{ public: true }' : `{ public: false, roles: [${roles}] }`},`
  })
  return `${header}import type { Access } from '../access.ts'
import type { operations } from './api.ts'

/** Who may call what. Enforced by the contract mount, tested operation by operation. */
export const permissions: Readonly<Record<keyof operations, Access>> = {
${lines.join('\n')}
}
`
}

function sortedOperations(document: ContractDocument) {
  return [...operationsOf(document)].sort((a, b) =>
    a.operation.operationId.localeCompare(b.operation.operationId),
  )
}
