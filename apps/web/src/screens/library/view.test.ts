import { expect, test } from 'vitest'
import { filterFor, readSearch } from './view.ts'

test('reads an address and leaves out what makes no sense', () => {
  expect(
    readSearch({ view: 'reading', sort: 'title', q: '红楼', shelf: '', format: 'exe', language: 7 }),
  ).toEqual({
    view: 'reading',
    sort: 'title',
    q: '红楼',
  })
})

test('asks the server for what the address means', () => {
  expect(filterFor({})).toEqual({ sort: 'recently_read' })
  expect(filterFor({ view: 'trash' })).toEqual({ sort: 'recently_added', trashed: true })
  expect(filterFor({ shelf: 's', format: 'pdf', language: 'zh' })).toEqual({
    sort: 'title',
    shelf_id: 's',
    format: ['pdf'],
    language: 'zh',
  })
})
