import fc from 'fast-check'

export type Schema = Readonly<Record<string, unknown>>
type Resolve = (reference: string) => Schema

/** How deep a schema that contains itself is followed. */
const MAX_DEPTH = 4

/** What schemas cannot say and fuzzing should try: empty, huge, hostile, in other scripts, not text at all. */
const NASTY = fc.constantFrom<unknown>(
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    "'; drop table books; --",
    '../../etc/passwd',
    '<script>alert(1)</script>',
  ],
  ...['书'.repeat(40), 'é'.normalize('NFD'), '\u202e', '%00', '{{7*7}}', '0'.repeat(5000)],
  ...[
    -1,
    0,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    true,
    null,
    [],
    {},
    [[[[]]]],
    { constructor: 1, toJSON: 1 },
  ],
)

/** Values shaped like `schema`: mostly valid, sometimes with one part that is not. */
export function valuesOf(schema: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: validOf(schema, resolve, depth) }, { weight: 1, arbitrary: NASTY })
}

function validOf(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') return valuesOf(resolve(schema.$ref), resolve, depth + 1)
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const choices = (schema.oneOf ?? schema.anyOf) as readonly Schema[] | undefined
  if (choices) return fc.oneof(...choices.map((one) => valuesOf(one, resolve, depth + 1)))
  const types = [schema.type ?? 'object'].flat() as string[]
  return fc.oneof(...types.map((type) => typed(type, schema, resolve, depth)))
}

function typed(type: string, schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer(range(schema, 2 ** 31 - 1))
  if (type === 'number') return fc.double({ ...range(schema, 1e6), noNaN: true })
  if (type === 'array') return arrayOf(schema, resolve, depth)
  return type === 'string' ? stringOf(schema) : objectOf(schema, resolve, depth)
}

const range = ({ minimum, maximum }: Schema, bound: number): { min: number; max: number } => ({
  min: typeof minimum === 'number' ? minimum : -bound,
  max: typeof maximum === 'number' ? maximum : bound,
})

function stringOf(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern } = schema
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.emailAddress()
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
      .map((date) => date.toISOString())
  if (format === 'date')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
      .map((date) => date.toISOString().slice(0, 10))
  const minLength = Number(schema.minLength ?? 0)
  const maxLength = Math.max(minLength, Math.min(60, Number(schema.maxLength ?? 60)))
  const text = fc.string({ minLength, maxLength, unit: 'grapheme' })
  if (typeof pattern !== 'string') return text
  // Lookarounds cannot be generated; without them some strings are refused, which is a good case too.
  const plain = pattern.replace(/\(\?<?[!=][^)]*\)/g, '')
  return fc.oneof(fc.stringMatching(new RegExp(plain, 'u')), text)
}

function arrayOf(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  if (depth > MAX_DEPTH) return fc.constant([])
  const items = valuesOf((schema.items ?? {}) as Schema, resolve, depth + 1)
  const minLength = Number(schema.minItems ?? 0)
  return fc.array(items, {
    minLength,
    maxLength: Math.max(minLength, Math.min(4, Number(schema.maxItems ?? 4))),
  })
}

/** Required properties mostly, optional ones half of the time, now and then one that nobody declared. */
function objectOf(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  if (depth > MAX_DEPTH) return fc.constant({})
  const required = new Set((schema.required ?? []) as readonly string[])
  const fields = properties.map(([name, property]) => {
    const value = valuesOf(property, resolve, depth + 1)
    return fc
      .option(value, { nil: undefined, freq: required.has(name) ? 30 : 2 })
      .map((one) => [name, one] as const)
  })
  const undeclared = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }) },
  )
  return fc.tuple(fc.tuple(...fields), undeclared).map(([entries, extra]) => ({
    ...extra,
    ...Object.fromEntries(entries.filter(([, one]) => one !== undefined)),
  }))
}
