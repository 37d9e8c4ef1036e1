import { expect, test } from 'vitest'
import { errorCodesIn, mergeCodes } from './codes.ts'

test('reads a union of codes with the comment above each', () => {
  const source = `export type BlobErrorCode =
  /** There is no blob
   * under that key. */
  | 'blob.not_found'
  | 'storage.full'
type Other = 'not.a_code'`
  expect(errorCodesIn('a.ts', source)).toEqual([
    { code: 'blob.not_found', file: 'a.ts', meaning: 'There is no blob under that key.' },
    { code: 'storage.full', file: 'a.ts' },
  ])
})

test('reads what is raised: code, message and status', () => {
  const source = `
    throw new Problem(409, 'shelf.cycle', 'A shelf cannot hold itself.')
    throw new TokenError('token.expired', 'Too old.')
    class A extends StoaError { constructor() { super('a.b_c', \`x\`) } }
    throw notFound('comment_thread')
    throw new Problem(413, 'request.too_large', \`Larger than \${limit} bytes, by \${more}.\`)
    throw new JobError('jobs.lost', \`\${name} is lost\`)
    log.info('book.imported', 'not an error')`
  expect(errorCodesIn('a.ts', source)).toEqual([
    { code: 'shelf.cycle', file: 'a.ts', meaning: 'A shelf cannot hold itself.', status: 409 },
    { code: 'token.expired', file: 'a.ts', meaning: 'Too old.' },
    { code: 'a.b_c', file: 'a.ts', meaning: 'x' },
    {
      code: 'comment_thread.not_found',
      file: 'a.ts',
      meaning: 'There is no such comment thread.',
      status: 404,
    },
    { code: 'request.too_large', file: 'a.ts', meaning: 'Larger than … bytes, by ….', status: 413 },
    { code: 'jobs.lost', file: 'a.ts' },
  ])
})

test('a table of HTTP statuses gives them, another one nothing', () => {
  expect(errorCodesIn('a.ts', `const status = { 'blob.not_found': 404, other: 1 }`)).toEqual([
    { code: 'blob.not_found', file: 'a.ts', status: 404 },
  ])
  expect(
    errorCodesIn('a.ts', `const weight = { 'membership.stale': 20, 'grpc.keepalive_ms': 20000 }`),
  ).toEqual([])
})

test('merging keeps every place and the first of each fact', () => {
  const merged = mergeCodes([
    { code: 'b.b', file: 'two.ts' },
    { code: 'a.a', file: 'two.ts', status: 404 },
    { code: 'a.a', file: 'one.ts', meaning: 'gone', status: 410 },
  ])
  expect(merged.map(({ code, files, meaning, status }) => [code, files, meaning, status])).toEqual([
    ['a.a', ['one.ts', 'two.ts'], 'gone', 404],
    ['b.b', ['two.ts'], undefined, undefined],
  ])
})
