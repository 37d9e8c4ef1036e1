import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SseParser } from './sse-parser.ts'

test('fields, comments, several data lines, ids that stay', () => {
  const parser = new SseParser()
  const events = parser.push(
    'retry: 2000\n\n: hello\n\nid: 7\nevent: book.updated\ndata: {"a":\ndata: 1}\n\ndata:x\n\nevent: empty\n\ndata\n\n',
  )
  expect(events).toEqual([
    { id: '7', type: 'book.updated', data: '{"a":\n1}' },
    { id: '7', type: 'message', data: 'x' },
    { id: '7', type: 'message', data: '' },
  ])
  expect(parser.retry).toBe(2000)
})

test('an event that is not finished is kept for the next piece', () => {
  const parser = new SseParser()
  expect(parser.push('data: a\n')).toEqual([])
  expect(parser.push('\n')).toEqual([{ id: '', type: 'message', data: 'a' }])
})

test('any cut of the text, and any line end, gives the same events', () => {
  const text = 'id: 1\nevent: a\ndata: one\ndata: two\n\n: beat\n\nid: 2\ndata: 书\n\n'
  const expected = new SseParser().push(text)
  fc.assert(
    fc.property(fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(text.length * 2)), (end, cuts) => {
      const whole = text.replaceAll('\n', end)
      const parser = new SseParser()
      const bounds = [0, ...cuts.map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length]
      const events = bounds.slice(1).flatMap((to, index) => parser.push(whole.slice(bounds[index], to)))
      // A lone CR at the very end may be half of a CR LF: what follows decides.
      expect([...events, ...parser.push('\n')]).toEqual(expected)
    }),
    { seed: 20261121 },
  )
})
