import { type OpenApiDocument, type Schema, schemasOf } from './document.ts'

type Filter = (value: unknown) => unknown

/**
 * Keeps of a reply only what its contract declares: a column added to a query cannot leak into the API. Knows the
 * keywords that shape data (`properties`, `additionalProperties`, `items`, `prefixItems`, `allOf`, `anyOf`, `oneOf`,
 * `$ref`); all others only constrain it and are left to the types and to tests.
 */
export class ReplyFilter {
  readonly #schemas: Readonly<Record<string, Schema>>
  readonly #named = new Map<string, Filter>()

  constructor(document: OpenApiDocument) {
    this.#schemas = schemasOf(document)
  }

  compile(schema: Schema): Filter {
    if (typeof schema.$ref === 'string') return this.#reference(schema.$ref)
    const all = schema.allOf as readonly Schema[] | undefined
    if (all) return this.#merged([...all, { ...schema, allOf: undefined }])
    const any = (schema.oneOf ?? schema.anyOf) as readonly Schema[] | undefined
    if (any) return this.#alternatives(any)
    if (schema.items || schema.prefixItems) return this.#list(schema)
    if (schema.properties || schema.additionalProperties) return this.#object(schema)
    return (value) => value
  }

  #resolve(reference: string): Schema {
    const schema = this.#schemas[reference.slice('#/components/schemas/'.length)]
    if (!schema) throw new Error(`the contract has no ${reference}`)
    return schema
  }

  /** Compiled when first met in data, so that a schema may contain itself. */
  #reference(reference: string): Filter {
    return (value) => {
      let filter = this.#named.get(reference)
      if (!filter) {
        filter = this.compile(this.#resolve(reference))
        this.#named.set(reference, filter)
      }
      return filter(value)
    }
  }

  #merged(parts: readonly Schema[]): Filter {
    const filters = parts.filter((part) => this.#shapes(part)).map((part) => this.compile(part))
    return (value) => (isObject(value) ? Object.assign({}, ...filters.map((filter) => filter(value))) : value)
  }

  #shapes(schema: Schema): boolean {
    return ['$ref', 'allOf', 'oneOf', 'anyOf', 'properties', 'additionalProperties'].some(
      (key) => schema[key],
    )
  }

  #alternatives(branches: readonly Schema[]): Filter {
    const compiled = branches.map((branch) => ({ branch, filter: this.compile(branch) }))
    return (value) => {
      const chosen = compiled.find(({ branch }) => this.#fits(branch, value))
      if (!chosen) throw new Error('the reply fits none of the alternatives its contract declares')
      return chosen.filter(value)
    }
  }

  #list(schema: Schema): Filter {
    const rest = isObject(schema.items) ? this.compile(schema.items) : (value: unknown) => value
    const first = ((schema.prefixItems ?? []) as readonly Schema[]).map((item) => this.compile(item))
    return (value) =>
      Array.isArray(value) ? value.map((item, index) => (first[index] ?? rest)(item)) : value
  }

  #object(schema: Schema): Filter {
    const declared = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
    const known = new Map(declared.map(([name, property]) => [name, this.compile(property)]))
    const extra = schema.additionalProperties
    const others = isObject(extra)
      ? this.compile(extra)
      : extra === true
        ? (value: unknown) => value
        : undefined
    return (value) => {
      if (!isObject(value)) return value
      const kept: Record<string, unknown> = {}
      for (const [name, field] of Object.entries(value)) {
        const filter = known.get(name) ?? others
        if (filter && field !== undefined) kept[name] = filter(field)
      }
      return kept
    }
  }

  /** Whether `value` is meant by `schema`: its type, its required properties and its constants agree. */
  #fits(schema: Schema, value: unknown): boolean {
    if (typeof schema.$ref === 'string') return this.#fits(this.#resolve(schema.$ref), value)
    if ('const' in schema && schema.const !== value) return false
    if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false
    if (schema.type !== undefined && ![schema.type].flat().some((type) => hasType(value, type))) return false
    const parts = (schema.allOf ?? []) as readonly Schema[]
    const choices = (schema.oneOf ?? schema.anyOf) as readonly Schema[] | undefined
    if (!parts.every((part) => this.#fits(part, value))) return false
    if (choices && !choices.some((choice) => this.#fits(choice, value))) return false
    return !isObject(value) || this.#membersFit(schema, value)
  }

  #membersFit(schema: Schema, value: Readonly<Record<string, unknown>>): boolean {
    const required = (schema.required ?? []) as readonly string[]
    if (required.some((name) => value[name] === undefined)) return false
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
    return properties.every(([name, property]) => {
      const constant = 'const' in property || 'enum' in property
      return !constant || value[name] === undefined || this.#fits(property, value[name])
    })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}
