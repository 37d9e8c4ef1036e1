import fc from 'fast-check'

/** Documents as JSON, from tame to hostile. */

const uuid = fc.constantFrom('0197a000-0000-7000-8000-000000000001', '0197a000-0000-7000-8000-000000000002')
const words = fc.oneof(
  fc.constantFrom(
    'read',
    'slow ly',
    '慢读',
    '。',
    '*',
    '_a_',
    '`',
    '**',
    '$5',
    '|',
    '- x',
    '1. y',
    '# z',
    ' ',
    '\u3000',
    '~~',
  ),
  fc.constantFrom(
    '<br>',
    '<b>',
    '[a](b)',
    '&amp;',
    '\\',
    '!',
    'C#',
    'a\nb',
    '“quote”',
    '=',
    '+1',
    '> q',
    '[ ] t',
    ':-',
  ),
  fc.string({ maxLength: 6 }),
)
const mark = fc.oneof(
  fc.constantFrom({ type: 'bold' }, { type: 'italic' }, { type: 'strike' }, { type: 'code' }),
  fc
    .constantFrom(
      'https://a.example/?q=1&copy;=(2)',
      '/documents',
      'mailto:a@b.example',
      'javascript:alert(1)',
    )
    .map((href) => ({ type: 'link', attrs: { href, title: null } })),
)
const text = fc
  .tuple(words, fc.array(mark, { maxLength: 3 }))
  .map(([value, marks]) => ({ type: 'text', text: value, marks }))
const inline = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
  { weight: 1, arbitrary: words.map((latex) => ({ type: 'inlineMath', attrs: { latex } })) },
  {
    weight: 1,
    arbitrary: fc.tuple(uuid, words).map(([id, label]) => ({ type: 'mention', attrs: { id, label } })),
  },
)
const inlines = fc.array(inline, { maxLength: 6 })

const citation = fc.tuple(uuid, words, words).map(([book_id, exact, book_title]) => ({
  type: 'citation',
  attrs: {
    ...{ book_id, book_title, book_authors: ['A. Author'], chapter: null, highlight_id: null },
    locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:5)' },
    quote: { exact, prefix: 'before', suffix: 'after' },
  },
}))

const leaf = fc.oneof(
  { weight: 4, arbitrary: inlines.map((content) => ({ type: 'paragraph', content })) },
  fc
    .tuple(inlines, fc.integer({ min: 1, max: 6 }))
    .map(([content, level]) => ({ type: 'heading', attrs: { level }, content })),
  fc.tuple(fc.array(words), fc.constantFrom('js', null)).map(([lines, language]) => ({
    type: 'codeBlock',
    attrs: { language },
    content: [{ type: 'text', text: lines.join('\n') || 'x' }],
  })),
  words.map((latex) => ({ type: 'blockMath', attrs: { latex } })),
  fc.constant({ type: 'horizontalRule' }),
  citation,
  fc.tuple(uuid, words).map(([file_id, alt]) => ({ type: 'image', attrs: { file_id, alt, width: 320 } })),
)
const cell = fc.constantFrom('tableCell', 'tableHeader').chain((type) =>
  fc
    .array(
      inlines.map((content) => ({ type: 'paragraph', content })),
      { minLength: 1, maxLength: 2 },
    )
    .map((content) => ({ type, content })),
)
const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows) => ({ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) }))

const { blocks } = fc.letrec<{ blocks: unknown[]; block: unknown }>((tie) => ({
  blocks: fc.array(tie('block'), { maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'block' },
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: table },
    { weight: 1, arbitrary: tie('blocks').map((content) => ({ type: 'blockquote', content })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom('bulletList', 'orderedList', 'taskList'),
          fc.array(tie('blocks'), { maxLength: 3 }),
          fc.nat(12),
        )
        .map(([type, items, start]) => ({
          type,
          attrs: { start },
          content: items.map((content) => ({
            type: type === 'taskList' ? 'taskItem' : 'listItem',
            attrs: { checked: start > 5 },
            content,
          })),
        })),
    },
  ),
}))

/** Shaped like documents, filled with what is hard to write down. */
export const documentJson = blocks.map((content) => ({ type: 'doc', content }))

/** Anything at all where a document should be. */
export const hostileJson = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.record(
    {
      type: fc.oneof(
        fc.constantFrom(
          'doc',
          'paragraph',
          'text',
          'table',
          'tableRow',
          'taskItem',
          'bulletList',
          'citation',
          'codeBlock',
          'heading',
        ),
        fc.string(),
      ),
      attrs: fc.oneof(
        fc.dictionary(fc.constantFrom('level', 'href', 'id', 'quote', 'colspan'), fc.anything()),
        fc.anything(),
      ),
      text: fc.oneof(fc.string(), fc.anything()),
      marks: fc.oneof(
        fc.array(fc.record({ type: fc.constantFrom('link', 'bold', 'x'), attrs: fc.anything() })),
        fc.anything(),
      ),
      content: fc.oneof(
        { depthIdentifier: 'hostile', maxDepth: 4 },
        fc.array(fc.anything(), { maxLength: 1 }),
        fc.array(tie('node'), { maxLength: 4 }),
      ),
    },
    { requiredKeys: ['type'] },
  ),
})).node
