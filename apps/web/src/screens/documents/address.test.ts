import { expect, test } from 'vitest'
import { readDocumentAddress, readDocumentsAddress } from './address.ts'

const ID = '018f0000-0000-7000-8000-000000000001'

test('what makes sense of an address is kept', () => {
  expect(readDocumentAddress({ panel: 'versions', version: ID, thread: ID, more: 1 })).toEqual({
    panel: 'versions',
    version: ID,
    thread: ID,
  })
  expect(readDocumentsAddress({ view: 'trash', workspace: ID, q: 'slow' })).toEqual({
    view: 'trash',
    workspace: ID,
    q: 'slow',
  })
})

test('what does not is left out', () => {
  expect(readDocumentAddress({ panel: 'evil', version: '<b>', thread: 3 })).toEqual({})
  expect(readDocumentsAddress({ view: 'all', workspace: 'x', q: '  ' })).toEqual({})
})
