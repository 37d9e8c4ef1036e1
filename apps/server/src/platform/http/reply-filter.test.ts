import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReplyFilter } from './reply-filter.ts'

const cover = { type: 'object', required: ['url'], properties: { url: { type: 'string' } } }
const epub = {
  type: 'object',
  required: ['type', 'cfi'],
  properties: { type: { const: 'epub' }, cfi: { type: 'string' } },
}
const pdf = {
  type: 'object',
  required: ['type', 'page'],
  properties: { type: { const: 'pdf' }, page: { type: 'integer' } },
}
const tree = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
  },
}
const filter = new ReplyFilter({
  components: { schemas: { Cover: cover, Epub: epub, Pdf: pdf, Tree: tree } },
})
const locator = { oneOf: [{ $ref: '#/components/schemas/Epub' }, { $ref: '#/components/schemas/Pdf' }] }

describe('ReplyFilter', () => {
  test('keeps what is declared, at every depth, and nothing else', () => {
    const keep = filter.compile({ $ref: '#/components/schemas/Tree' })
    const value = { name: 'a', secret: 1, children: [{ name: 'b', secret: 2, children: [{ secret: 3 }] }] }
    expect(keep(value)).toEqual({ name: 'a', children: [{ name: 'b', children: [{}] }] })
  })

  test('null, absent and undefined stay what they are', () => {
    const keep = filter.compile({ oneOf: [{ $ref: '#/components/schemas/Cover' }, { type: 'null' }] })
    expect(keep(null)).toBeNull()
    expect(keep({ url: 'u', more: undefined })).toEqual({ url: 'u' })
    expect(filter.compile(cover)({ url: undefined })).toEqual({})
  })

  test('of alternatives the one that is meant is taken', () => {
    const keep = filter.compile(locator)
    expect(keep({ type: 'epub', cfi: 'c', page: 1 })).toEqual({ type: 'epub', cfi: 'c' })
    expect(keep({ type: 'pdf', page: 1, cfi: 'c' })).toEqual({ type: 'pdf', page: 1 })
    expect(() => keep({ type: 'scroll' })).toThrow('none of the alternatives')
  })

  test('parts of allOf are put together', () => {
    const keep = filter.compile({
      allOf: [{ $ref: '#/components/schemas/Cover' }],
      properties: { extra: {} },
    })
    expect(keep({ url: 'u', extra: { any: 1 }, secret: 1 })).toEqual({ url: 'u', extra: { any: 1 } })
  })

  test('maps: additional properties by schema, or all of them', () => {
    const bySchema = filter.compile({
      type: 'object',
      additionalProperties: { $ref: '#/components/schemas/Cover' },
    })
    expect(bySchema({ a: { url: 'u', secret: 1 } })).toEqual({ a: { url: 'u' } })
    expect(filter.compile({ type: 'object', additionalProperties: true })({ a: { b: 1 } })).toEqual({
      a: { b: 1 },
    })
  })

  test('tuples, dates and plain values', () => {
    const keep = filter.compile({ type: 'array', prefixItems: [cover, { type: 'string' }] })
    expect(keep([{ url: 'u', secret: 1 }, 'x', 7])).toEqual([{ url: 'u' }, 'x', 7])
    expect(filter.compile({ type: 'string', format: 'date-time' })(new Date(0))).toEqual(new Date(0))
  })

  test('whatever comes, no undeclared name comes out', () => {
    const keep = filter.compile({ $ref: '#/components/schemas/Tree' })
    const declared = new Set(['name', 'children'])
    const names = (value: unknown): string[] => {
      if (Array.isArray(value)) return value.flatMap(names)
      if (typeof value !== 'object' || value === null) return []
      return Object.entries(value).flatMap(([key, child]) => [
        key,
        ...(key === 'children' ? names(child) : []),
      ])
    }
    const { any } = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.record(
        { name: fc.string(), children: fc.array(tie('any'), { maxLength: 3 }), password: fc.string() },
        { requiredKeys: [] },
      ),
    }))
    fc.assert(
      fc.property(any, (value) => {
        expect(names(keep(value)).filter((name) => !declared.has(name))).toEqual([])
      }),
      { seed: 20261121 },
    )
  })
})
