import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDocument } from '../normalize.ts'
import { documentJson } from '../testing.ts'
import { toPlainText, wordsOf } from '../text.ts'
import { fromMarkdown } from './parse.ts'
import { toMarkdown } from './serialize.ts'

const seeded = { seed: 20_261_122, numRuns: 400 }
const again = (markdown: string) => toMarkdown(fromMarkdown(markdown).doc)

describe('Markdown', () => {
  it('written, read and written again is the same text', () => {
    fc.assert(
      fc.property(documentJson, (json) => {
        const markdown = toMarkdown(toDocument(json))
        expect(again(markdown)).toBe(markdown)
      }),
      seeded,
    )
  })

  it('loses no word on the way', () => {
    fc.assert(
      fc.property(documentJson, (json) => {
        const doc = toDocument(json)
        const words = (text: string) => wordsOf(text).join('')
        expect(words(toPlainText(fromMarkdown(toMarkdown(doc)).doc))).toBe(words(toPlainText(doc)))
      }),
      seeded,
    )
  })

  it('of any text is a document, and settles after one reading', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom('\n', '- ', '> ', '| a |', '|---|', '**', '$', '```', '    ', '1. ', '[x](y)'),
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          const once = again(parts.join(''))
          expect(again(once)).toBe(once)
        },
      ),
      seeded,
    )
  })

  it('says everything a document holds', () => {
    const source = `# Reading as exercise

Thoreau’s word is *exercise*, **daily** and ~~never~~ \`finished\`; see [the book](https://walden.example/a) with $x^2$.

## Training

- one
- two
  - nested

3. third
4. fourth

- [ ] open
- [x] done

| Word | 词 |
| :-- | --: |
| slow | 慢 |

\`\`\`ts
const a = '*'
\`\`\`

$$
\\int_0^1 x\\,dx
$$

> quoted
>
> twice

![A page](stoa:file/0197a000-0000-7000-8000-000000000001)

[@Maya](stoa:account/0197a000-0000-7000-8000-000000000002) said so.

---
`
    expect(again(source)).toBe(source)
    const types = new Set<string>()
    fromMarkdown(source).doc.descendants((node) => {
      types.add(node.type.name)
    })
    expect([...types].toSorted()).toEqual(
      [
        ...[
          'blockMath',
          'blockquote',
          'bulletList',
          'codeBlock',
          'heading',
          'horizontalRule',
          'image',
          'inlineMath',
        ],
        ...[
          'listItem',
          'mention',
          'orderedList',
          'paragraph',
          'table',
          'tableCell',
          'tableHeader',
          'tableRow',
        ],
        ...['taskItem', 'taskList', 'text'],
      ].toSorted(),
    )
  })

  it('keeps bold that ends in Chinese punctuation, where CommonMark alone would see none', () => {
    const bold = { type: 'text', text: '功夫。', marks: [{ type: 'bold' }] }
    const doc = toDocument({
      type: 'doc',
      content: [{ type: 'paragraph', content: [bold, { type: 'text', text: '它要时间' }] }],
    })
    expect(toMarkdown(doc)).toContain('夫。**&#23427;要时间')
    expect(fromMarkdown(toMarkdown(doc)).doc.toJSON()).toEqual(doc.toJSON())
  })

  it('keeps a citation whole', () => {
    const attrs = {
      book_id: '0197a000-0000-7000-8000-000000000001',
      locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:5)', fraction: 0.31 },
      quote: { exact: 'It requires a training\nsuch as the *athletes* underwent', prefix: 'p', suffix: '。' },
      ...{
        chapter: 'Reading',
        highlight_id: null,
        book_title: 'Walden',
        book_authors: ['Henry David Thoreau'],
      },
    }
    const doc = toDocument({ type: 'doc', content: [{ type: 'citation', attrs }] })
    expect(toMarkdown(doc)).toMatch(
      /^> It requires a training such as the \\\*athletes\\\* underwent\n>\n> — \[Walden, Reading\]\(stoa:passage\//,
    )
    expect(fromMarkdown(toMarkdown(doc)).doc.firstChild?.attrs).toEqual(attrs)
  })

  it('names what it leaves out, and takes no link that could run something', () => {
    const { doc, leftOut } = fromMarkdown(
      '![cat](https://x.example/cat.png) [y](javascript:alert(1)) <script>z</script>',
    )
    expect(leftOut.toSorted()).toEqual(['external_image', 'unsafe_link'])
    expect(toPlainText(doc)).toBe('cat y <script>z</script>')
    expect(JSON.stringify(doc)).not.toContain('javascript')
  })
})
