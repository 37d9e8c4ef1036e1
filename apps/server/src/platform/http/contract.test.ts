import { document } from '@stoa/contracts/document'
import { expect, test } from 'vitest'
import { operationsOf } from './document.ts'
import { InvalidRequest } from './errors.ts'
import { replySender } from './reply.ts'
import { ReplyFilter } from './reply-filter.ts'
import { Validator } from './validator.ts'

const operations = operationsOf(document)
const validator = new Validator(document)

test.each(operations.map((one) => [one.id, one] as const))('%s compiles', (_, operation) => {
  const validate = validator.request(operation)
  try {
    validate({ params: {}, query: {}, headers: {}, body: {} })
  } catch (error) {
    // Nothing fits an empty request; a schema that cannot be compiled is another kind of error.
    expect(error).toBeInstanceOf(InvalidRequest)
  }
  expect(replySender(operation, new ReplyFilter(document), validator)).toBeTypeOf('function')
})

test('every path parameter is declared', () => {
  for (const { id, path, parameters } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect([id, parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([id, named])
  }
})
