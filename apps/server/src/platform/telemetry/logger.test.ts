import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

function capture(format: 'text' | 'json', level: 'debug' | 'info' = 'debug') {
  const lines: string[] = []
  return { lines, log: createLogger({ format, level, write: (line) => lines.push(line) }) }
}

test('text: action first, fields as key=value, quoted where needed', () => {
  const { lines, log } = capture('text')
  log
    .child({ request_id: 'r1' })
    .info({ action: 'book_imported', title: 'A "b"\nc', pages: 3, none: '' }, 'done')
  expect(lines[0]).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}action=book_imported request_id=r1 title="A \\"b\\"\\nc" pages=3 none="" done\n$/,
  )
})

test('json: one object per line', () => {
  const { lines, log } = capture('json')
  log.warn({ action: 'x', nested: { a: 1 } })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, action: 'x', nested: { a: 1 } })
  expect(lines[0]?.endsWith('\n')).toBe(true)
})

test('levels below the chosen one are not written', () => {
  const { lines, log } = capture('text', 'info')
  log.debug({ action: 'x' })
  expect(lines).toEqual([])
})

test.each(['text', 'json'] as const)('%s: credentials never reach the log', (format) => {
  const { lines, log } = capture(format)
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln'
  const canary = 'canary-4711'
  log.child({ cookie: canary }).error(
    {
      action: 'x',
      refresh_token: canary,
      headers: { authorization: `Bearer ${canary}`, accept: 'text/html' },
      error: new Error(`call with Authorization: Bearer ${canary} failed`, {
        cause: new Error(`got ${jwt}`),
      }),
      list: [`Bearer ${canary}`],
    },
    `token was ${jwt}`,
  )
  expect(lines.join()).not.toContain(canary)
  expect(lines.join()).not.toContain('eyJ')
  expect(lines.join()).toContain('text/html')
})

test('an error keeps its code, its stack and its causes', () => {
  const { lines, log } = capture('text')
  const cause = Object.assign(new Error('the cause'), { code: 'ECONNREFUSED' })
  log.error({ action: 'x', error: new AggregateError([new Error('part')], 'all', { cause }) })
  expect(lines[0]).toContain('error=all')
  expect(lines[0]).toMatch(/\n {2}AggregateError: all\n/)
  expect(lines[0]).toMatch(/\n {2}Error: the cause\n {2} {4}at /)
  expect(lines[0]).toMatch(/\n {2}Error: part\n/)
})

test('an error under any name is a field, never the message', () => {
  const { lines, log } = capture('json')
  log.warn({ action: 'x', err: new Error('broken') })
  const line = JSON.parse(lines[0] ?? '')
  expect(line.err).toMatchObject({ name: 'Error', message: 'broken' })
  expect(line.msg).toBeUndefined()
})
