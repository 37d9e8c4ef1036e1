import { type Operation, operation } from '../http/operation.ts'
import { notFound, Problem } from '../http/problem.ts'
import { BlobError, blobErrorStatus } from './errors.ts'
import type { SignedBlobs } from './signed/serve.ts'

/** The two operations behind signed URLs of our own server. Without `signed` the store has URLs of its own: nothing here. */
export function blobOperations(signed: SignedBlobs | undefined): readonly Operation[] {
  const here = (): SignedBlobs => {
    if (!signed) throw notFound('blob')
    return signed
  }
  return [
    operation('putBlob', async ({ params, query, body }) => {
      const { status, headers } = await asProblem(here().put({ path: params.key, query, body }))
      return { status, headers, body: undefined }
    }),
    operation('getBlob', async ({ params, query, headers: given }) => {
      const reply = await asProblem(
        here().get({
          path: params.key,
          query,
          range: given.range,
          ifRange: given['if-range'],
          ifNoneMatch: given['if-none-match'],
        }),
      )
      if (reply.status === 416) {
        throw new Problem(416, 'blob.range_unsatisfiable', 'That part is past the end of the file.')
      }
      return reply
    }),
  ]
}

async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof BlobError)) throw error
    throw new Problem(blobErrorStatus[error.code], error.code, error.message, { cause: error })
  }
}
