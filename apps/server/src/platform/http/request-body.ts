import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ContractOperation } from './document.ts'
import { bodyTooLarge, malformedBody, unsupportedType } from './errors.ts'

/** Bytes that a body may have where its operation says nothing else (`x-max-body`). */
export const DEFAULT_MAX_BODY = 1024 * 1024

/** JSON is parsed whole, everything else reaches the handler as a stream that ends in an error when it grows too long. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_: FastifyRequest, text: string | Buffer) => {
      if (text.length === 0) return undefined
      try {
        return JSON.parse(String(text)) as unknown
      } catch {
        throw malformedBody()
      }
    },
  )
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const limit = request.routeOptions.bodyLimit
    if (Number(request.headers['content-length'] ?? 0) > limit) throw bodyTooLarge(limit)
    return Readable.from(limited(payload, limit))
  })
}

async function* limited(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > limit) throw bodyTooLarge(limit)
    yield chunk
  }
}

/** The body if the operation takes one. @throws Problem 415 */
export function bodyOf(operation: ContractOperation, request: FastifyRequest): unknown {
  if (!operation.body || request.body === undefined) return undefined
  const accepted = Object.keys(operation.body.content)
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (accepted.includes(type) || accepted.includes('*/*')) return request.body
  throw unsupportedType(accepted)
}
