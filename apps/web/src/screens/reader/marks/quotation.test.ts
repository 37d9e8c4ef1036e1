import { expect, test } from 'vitest'
import { quotationOf } from './quotation.ts'

const url = 'https://stoa.example/books/b'

test('a quotation carries its words, title, author and a link to the passage', () => {
  const passage = {
    text: ' Books must be read. ',
    locator: { type: 'epub' as const, cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:9)' },
  }
  const source = {
    title: 'Walden',
    authors: ['Henry David Thoreau'],
    chapter: 'Reading',
    language: 'en',
    url,
  }
  expect(quotationOf(passage, source)).toBe(
    `“Books must be read.”\n— Walden, Henry David Thoreau, Reading\n${url}?cfi=epubcfi%28%2F6%2F4%21%2F4%2F2%2C%2F1%3A0%2C%2F1%3A9%29`,
  )
})

test('a Chinese quotation is set as Chinese is', () => {
  const passage = { text: '满纸荒唐言', locator: { type: 'pdf' as const, page: 2 } }
  const source = { title: '红楼梦', authors: ['曹雪芹'], language: 'zh-CN', url }
  expect(quotationOf(passage, source)).toBe(`“满纸荒唐言”\n——曹雪芹《红楼梦》\n${url}?page=3`)
})
