import type { ContentNode } from './content.ts'

/** Short ways to write down what a document says, for tests and screenshots. */
export const text = (words: string, ...marks: string[]): ContentNode => ({
  ...{ type: 'text', text: words },
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
export const paragraph = (...content: (ContentNode | string)[]): ContentNode => ({
  type: 'paragraph',
  content: content.map((one) => (typeof one === 'string' ? text(one) : one)),
})
export const heading = (level: number, words: string): ContentNode => ({
  ...{ type: 'heading', attrs: { level }, content: [text(words)] },
})
export const list = (...items: string[]): ContentNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
})
export const tasks = (...items: (readonly [done: boolean, words: string])[]): ContentNode => ({
  type: 'taskList',
  content: items.map(([checked, words]) => ({
    ...{ type: 'taskItem', attrs: { checked }, content: [paragraph(words)] },
  })),
})
export const table = (...rows: string[][]): ContentNode => ({
  type: 'table',
  content: rows.map((cells, at) => ({
    type: 'tableRow',
    content: cells.map((words) => ({
      ...{ type: at === 0 ? 'tableHeader' : 'tableCell', content: [paragraph(words)] },
    })),
  })),
})
export const code = (language: string, words: string): ContentNode => ({
  ...{ type: 'codeBlock', attrs: { language }, content: [text(words)] },
})
export const maths = (latex: string): ContentNode => ({ type: 'blockMath', attrs: { latex } })
export const inlineMaths = (latex: string): ContentNode => ({ type: 'inlineMath', attrs: { latex } })
export const doc = (...content: ContentNode[]): ContentNode => ({ type: 'doc', content })
