import { Readable } from 'node:stream'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { ContractOperation, OpenApiDocument, Parameter, Schema } from './document.ts'
import { schemasOf } from './document.ts'
import { type Fault, InvalidRequest } from './errors.ts'
import { textFaults } from './text-faults.ts'

const MAX_FAULTS = 50

/** The parts of a request as the transport gives them. Header names are lower case. */
export interface RawRequest {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly headers: Readonly<Record<string, unknown>>
  /** Parsed JSON, or a stream that only its handler can judge; `undefined` when there is none. */
  readonly body: unknown
}

export interface ValidRequest {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly headers: Record<string, unknown>
  readonly body: unknown
}

/**
 * Checks requests against their contract, reporting every fault at once. Text parts (path, query, headers) are turned
 * into numbers, booleans and lists where the contract says so and lose what it does not know; JSON bodies are taken as
 * they are. Validators are compiled when first needed: a program that starts does not pay for a hundred operations.
 */
export class Validator {
  readonly #text: Ajv2020
  readonly #json: Ajv2020

  constructor(document: OpenApiDocument) {
    const schemas = schemasOf(document)
    this.#text = newAjv(schemas, { coerceTypes: 'array', removeAdditional: 'all' })
    this.#json = newAjv(schemas, {})
  }

  /** @throws InvalidRequest */
  request(operation: ContractOperation): (raw: RawRequest) => ValidRequest {
    const params = lazy(() => this.#text.compile(textSchema(operation.parameters, 'path')))
    const query = lazy(() => this.#text.compile(textSchema(operation.parameters, 'query')))
    const headers = lazy(() => this.#text.compile(textSchema(operation.parameters, 'header')))
    const body = lazy(() => this.#json.compile(bodySchema(operation)))
    return (raw) => {
      const valid = {
        params: raw.params,
        query: { ...raw.query },
        headers: { ...raw.headers },
        body: raw.body,
      }
      const faults = [
        ...check(params(), 'path', valid.params),
        ...check(query(), 'query', valid.query),
        ...check(headers(), 'header', valid.headers),
        ...(operation.body ? checkBody(operation.body.required, body, valid.body) : []),
      ]
      if (faults.length > 0) throw new InvalidRequest(faults.slice(0, MAX_FAULTS))
      return valid
    }
  }

  /** Faults of a reply body; for tests, where a reply that breaks the contract must not pass unseen. */
  reply(schema: Schema): (body: unknown) => Fault[] {
    const validate = lazy(() => this.#json.compile(relocate(schema)))
    return (body) => check(validate(), 'reply', body)
  }
}

function newAjv(schemas: Readonly<Record<string, Schema>>, options: object): Ajv2020 {
  const fail = (message: unknown) => {
    throw new Error(`contract schema: ${String(message)}`)
  }
  const logger = { log: fail, warn: fail, error: fail }
  const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, logger, ...options })
  formats.default(ajv)
  for (const format of ['event-stream', 'password']) ajv.addFormat(format, true)
  ajv.addSchema({ $id: 'contract', components: { schemas: relocate(schemas) } })
  return ajv
}

/** Makes `#/components/schemas/X` point at the one registered copy of the components. */
function relocate<T>(node: T): T {
  if (Array.isArray(node)) return node.map(relocate) as T
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node).map(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [key, `contract${value}`] : [key, relocate(value)],
  )
  return Object.fromEntries(entries) as T
}

function textSchema(parameters: readonly Parameter[], where: Parameter['in']): Schema {
  const chosen = parameters.filter((one) => one.in === where)
  const nameOf = (one: Parameter) => (where === 'header' ? one.name.toLowerCase() : one.name)
  return {
    type: 'object',
    properties: Object.fromEntries(chosen.map((one) => [nameOf(one), relocate(one.schema)])),
    required: chosen.filter((one) => one.required).map(nameOf),
    additionalProperties: false,
  }
}

function bodySchema(operation: ContractOperation): Schema | boolean {
  const schema = operation.body?.content['application/json']?.schema
  return schema ? relocate(schema) : true
}

function checkBody(required: boolean, validate: () => ValidateFunction, body: unknown): Fault[] {
  if (body instanceof Readable) return []
  if (body !== undefined) return check(validate(), 'body', body)
  return required ? [{ pointer: '#/body', message: 'must be present' }] : []
}

function check(validate: ValidateFunction, where: string, value: unknown): Fault[] {
  const unsafe = textFaults(value, `#/${where}`)
  if (unsafe.length > 0) return unsafe
  return validate(value) ? [] : (validate.errors ?? []).map((error) => toFault(error, where))
}

function toFault(error: ErrorObject, where: string): Fault {
  const { missingProperty, additionalProperty, unevaluatedProperty, allowedValues } = error.params
  const property = missingProperty ?? additionalProperty ?? unevaluatedProperty
  const leaf =
    property === undefined ? '' : `/${String(property).replaceAll('~', '~0').replaceAll('/', '~1')}`
  const pointer = `#/${where}${encodeURI(error.instancePath + leaf)}`
  if (missingProperty !== undefined) return { pointer, message: 'must be present' }
  if (property !== undefined) return { pointer, message: 'is not known here' }
  if (Array.isArray(allowedValues)) return { pointer, message: `must be one of ${allowedValues.join(', ')}` }
  return { pointer, message: error.message ?? 'is not valid' }
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
