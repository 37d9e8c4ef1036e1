import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDocument } from './normalize.ts'
import { documentJson, hostileJson } from './testing.ts'

const seeded = { seed: 20_261_122, numRuns: 400 }
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

describe('toDocument', () => {
  it('makes a valid document of anything, and leaves a valid one as it is', () => {
    fc.assert(
      fc.property(fc.oneof(hostileJson, documentJson), (json) => {
        const doc = toDocument(json)
        doc.check()
        expect(toDocument(doc.toJSON()).toJSON()).toEqual(doc.toJSON())
      }),
      seeded,
    )
  })

  it('cuts nesting that no reader could follow', () => {
    let json: unknown = paragraph('deep')
    for (let depth = 0; depth < 5_000; depth += 1) json = { type: 'blockquote', content: [json] }
    expect(toDocument({ type: 'doc', content: [json] }).textContent).toBe('')
  })

  it('drops links that could run something, and keeps their words', () => {
    const link = (href: string) => ({
      type: 'paragraph',
      content: [{ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href } }] }],
    })
    const doc = toDocument({
      type: 'doc',
      content: [
        'javascript:alert(1)',
        ' java\nscript:x',
        'data:text/html,x',
        '//evil.example',
        'https://ok.example/a b',
      ].map(link),
    })
    expect(doc.textContent).toBe('here'.repeat(5))
    expect(JSON.stringify(doc).match(/"href":"[^"]*"/g)).toEqual(['"href":"https://ok.example/a%20b"'])
  })

  it('moves what stands in the wrong place, and loses no word', () => {
    const doc = toDocument({
      type: 'doc',
      content: [
        { type: 'text', text: 'loose' },
        {
          type: 'bulletList',
          content: [paragraph('item'), { type: 'heading', content: [{ type: 'text', text: 'head' }] }],
        },
        {
          type: 'paragraph',
          content: [paragraph('inner'), { type: 'unknown', content: [{ type: 'text', text: 'kept' }] }],
        },
        { type: 'mention', attrs: { label: 'Maya' } },
        {
          type: 'table',
          content: [
            {
              type: 'tableRow',
              content: [
                { type: 'tableCell', content: [{ type: 'bulletList', content: [paragraph('cell')] }] },
              ],
            },
          ],
        },
      ],
    })
    doc.check()
    for (const word of ['loose', 'item', 'head', 'inner', 'kept', '@Maya', 'cell'])
      expect(doc.textContent).toContain(word)
  })
})
