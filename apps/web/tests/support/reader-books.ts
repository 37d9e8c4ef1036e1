import { buildEpub } from '@stoa/testkit/books/epub'
import { hometown, walden } from '../../src/screens/reader/mock-books.ts'

const chapter = (n: number, title: string, paragraphs: readonly string[]) => ({
  file: `chapter${n}.xhtml`,
  title,
  body: `<h2>${title}</h2>${paragraphs.map((text) => `<p>${text}</p>`).join('')}`,
})

/** As it came from a shop: one chapter that is read, others around it. */
export const waldenFile = () =>
  buildEpub({
    ...{ title: 'Walden', authors: ['Henry David Thoreau'], language: 'en' },
    identifier: 'urn:uuid:018f0000-0000-7000-8000-000000000384',
    chapters: [
      chapter(1, 'Economy', walden.slice(1, 3)),
      chapter(2, 'Where I Lived, and What I Lived For', walden.slice(2, 4)),
      chapter(3, 'Reading', walden),
      chapter(4, 'Sounds', walden.slice(3)),
      chapter(5, 'Solitude', walden.slice(0, 3)),
    ],
  })

/** In columns from right to left. */
export const hometownFile = () =>
  buildEpub({
    ...{ title: '呐喊', authors: ['鲁迅'], language: 'zh', progression: 'rtl' },
    identifier: 'urn:uuid:018f0000-0000-7000-8000-000000000385',
    css: 'html { writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl }',
    chapters: [chapter(1, '狂人日记', hometown.slice(0, 2)), chapter(2, '故乡', hometown)],
  })
