import { document } from '@stoa/contracts/document'
import {
  type ContractOperation,
  operationsOf,
  type Parameter,
  type Schema,
  schemasOf,
} from '@stoa/server/platform/http/document.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { valuesOf } from './fuzz/arbitrary.ts'
import { ask } from './permissions/ask.ts'
import { upload, World } from './permissions/world.ts'

/** Random requests in the shape of the contract never make the server fail: whatever is wrong is the client's to hear. */
const SEED = 20261121
const RUNS = 15

const schemas = schemasOf(document)
const resolve = (reference: string): Schema => schemas[reference.split('/').at(-1) ?? ''] ?? {}

let world: World
let ids: string[]
beforeAll(async () => {
  world = await World.create()
  ids = [...world.secrets(), await upload(world.ours.owner), (await world.newBook()).id]
})
afterAll(() => world?.stoa.close())

/** Now and then an id that exists, so that fuzzing gets past the doors. */
function parameterOf(parameter: Parameter): fc.Arbitrary<unknown> {
  const random = valuesOf(parameter.schema, resolve)
  const uuid = JSON.stringify(parameter.schema).includes('Uuid')
  return uuid ? fc.oneof(fc.constantFrom(...ids), random) : random
}

function partOf(operation: ContractOperation, where: Parameter['in']): fc.Arbitrary<Record<string, unknown>> {
  const chosen = operation.parameters.filter((one) => one.in === where)
  const values = chosen.map((one) =>
    fc
      .option(parameterOf(one), { nil: undefined, freq: one.required ? 30 : 3 })
      .map((value) => [one.name, value] as const),
  )
  return fc.tuple(...values).map((all) => Object.fromEntries(all.filter(([, value]) => value !== undefined)))
}

function bodyOf(operation: ContractOperation): fc.Arbitrary<unknown> {
  const content = operation.body?.content ?? {}
  const schema = content['application/json']?.schema
  if (schema) return valuesOf(withIds(schema), resolve)
  return operation.body ? fc.uint8Array({ maxLength: 200 }) : fc.constant(undefined)
}

/** References to ids in a body become ids that exist, half of the time. */
function withIds(schema: Schema): Schema {
  const text = JSON.stringify(schema)
  const known = JSON.stringify({ oneOf: [{ enum: ids }, { $ref: '#/components/schemas/Uuid' }] })
  return JSON.parse(text.replaceAll('{"$ref":"#/components/schemas/Uuid"}', known)) as Schema
}

const headerSafe = (headers: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value).replace(/[^\x20-\x7e]/g, '?')]),
  )

test.each(operationsOf(document).map((one) => [one.id, one] as const))('%s', async (id, operation) => {
  const requests = fc.record({
    path: partOf(operation, 'path'),
    query: partOf(operation, 'query'),
    headers: partOf(operation, 'header').map(headerSafe),
    body: bodyOf(operation),
  })
  const declared = [...operation.replies.keys()].filter((status) => status > 500)
  await fc.assert(
    fc.asyncProperty(requests, async (input) => {
      const { status, text } = await ask(world.stoa.url, id, input, world.ours.owner.token)
      if (status >= 500 && !declared.includes(status)) expect.fail(`${status} ${text}`)
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  )
})

test('afterwards the program is as well as before', async () => {
  expect((await fetch(`${world.stoa.url}/readyz`)).status).toBe(200)
})
