import { beforeEach, expect, it } from 'vitest'
import { changeDraft, citeInDraft, draftKey, drafts, isEmpty, messageOf, readDraft } from './drafts.ts'

const key = draftKey('me/org', 'room')
const passage = (exact: string) => ({
  citation: {
    book_id: 'b',
    locator: { type: 'epub' as const, cfi: 'epubcfi(/6/2)' },
    quote: { exact, prefix: '', suffix: '' },
  },
  title: 'Walden',
  authors: [],
})
beforeEach(() => {
  localStorage.clear()
  drafts.setState({ byKey: {} })
})

it('outlives the page, and is gone when it is empty', () => {
  changeDraft(key, { text: 'half a thought' })
  drafts.setState({ byKey: {} })
  expect(readDraft(key).text).toBe('half a thought')
  changeDraft(key, { text: '' })
  expect(localStorage.getItem(key)).toBeNull()
})

it('does not mind what somebody else left under its key', () => {
  localStorage.setItem(key, '{broken')
  expect(isEmpty(readDraft(key))).toBe(true)
})

it('takes a passage once, and no more than may be sent', () => {
  for (let n = 0; n < 7; n++) citeInDraft(key, passage(`${n}`))
  citeInDraft(key, passage('6'))
  expect(readDraft(key).citations.map(({ citation }) => citation.quote.exact)).toEqual([
    '2',
    '3',
    '4',
    '5',
    '6',
  ])
})

it('becomes a message with links for names and without what is only shown', () => {
  const target = '018f0000-0000-7000-8000-000000000002'
  changeDraft(key, { text: ' look, @Teo ', named: [{ name: 'Teo', target }] })
  citeInDraft(key, passage('words'))
  expect(messageOf(readDraft(key), 'root')).toEqual({
    body: `look, [@Teo](stoa:account/${target})`,
    thread_root_id: 'root',
    citations: [passage('words').citation],
  })
})
