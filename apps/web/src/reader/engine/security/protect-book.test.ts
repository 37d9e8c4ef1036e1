import { describe, expect, it } from 'vitest'
import type { FoliateBook } from '../foliate/foliate-types.ts'
import { protectBook, sectionDocument } from './protect-book.ts'

const EVIL =
  '<html xmlns="http://www.w3.org/1999/xhtml"><head/><body><p onclick="x()">t</p><script>x()</script></body></html>'
const bare = { sections: [], resolveHref: () => undefined }

async function transformed(type: string, data: string): Promise<{ data: string; type: string }> {
  const target = new EventTarget()
  protectBook({ ...bare, transformTarget: target })
  const detail = { data: Promise.resolve(new Blob([data])), type, name: 'x' }
  target.dispatchEvent(new CustomEvent('data', { detail }))
  const result: unknown = await detail.data
  return { data: result instanceof Blob ? await result.text() : String(result), type: detail.type }
}

describe('protectBook', () => {
  it.each(['application/xhtml+xml', 'text/html', 'application/xml', 'text/x-oeb1-document', ''])(
    'sanitises documents called %j and shows them as XHTML',
    async (type) => {
      const shown = await transformed(type, EVIL)
      expect(shown.data).not.toMatch(/onclick|script/)
      expect(shown.data).toContain('>t</p>')
      expect(shown.type).toBe('application/xhtml+xml')
    },
  )

  it('sanitises style sheets and drawings, and lets pictures and faces through untouched', async () => {
    expect((await transformed('text/css', 'a{background:url(https://a.example/)}')).data).not.toContain(
      'a.example',
    )
    const svg = await transformed(
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><g/></svg>',
    )
    expect(svg.data).not.toContain('script')
    expect(svg.type).toBe('image/svg+xml')
    for (const type of ['image/png', 'font/woff2', 'application/vnd.ms-opentype', 'audio/mpeg']) {
      expect((await transformed(type, 'onclick')).data).toBe('onclick')
    }
  })

  it('sanitises what MOBI serialises, and its style sheets', async () => {
    const book: FoliateBook = {
      ...bare,
      serializer: new XMLSerializer(),
      loadResourceBlob: () =>
        Promise.resolve([new Blob(['@import "https://a.example/"'], { type: 'text/css' }), null]),
    }
    protectBook(book)
    const document = new DOMParser().parseFromString(EVIL, 'application/xhtml+xml')
    expect(book.serializer?.serializeToString(document)).not.toMatch(/onclick|script/)
    const [blob] = (await book.loadResourceBlob?.('kindle:flow:1')) ?? []
    expect(blob?.size).toBe(0)
  })

  it('reads a section that is not well-formed as the screen does', async () => {
    const parse = (markup: string) => new DOMParser().parseFromString(markup, 'application/xhtml+xml')
    const broken = '<p>one<br>two'
    const book: FoliateBook = {
      ...bare,
      transformTarget: new EventTarget(),
      sections: [{ id: 'a', createDocument: () => parse(broken) }],
      loadText: () => Promise.resolve(broken),
    }
    expect((await sectionDocument(book, 0))?.body.textContent).toBe('onetwo')
    expect(await sectionDocument(book, 9)).toBeUndefined()
  })
})
