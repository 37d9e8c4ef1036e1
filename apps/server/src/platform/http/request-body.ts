import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ContractOperation } from './document.ts'
import { bodyTooLarge, malformedBody, unsupportedType } from './errors.ts'

/** Bytes that a body may have where its operation says nothing else (`x-max-body`). */
export const DEFAULT_MAX_BODY = 1024 * 1024

/** JSON is parsed whole, everything else reaches the handler as a stream that ends in an error when it grows too long. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const limit = request.routeOptions.bodyLimit
    if (Number(request.headers['content-length'] ?? 0) > limit) throw bodyTooLarge(limit)
    const body = Readable.from(limited(payload, limit))
    const takesJson = request.routeOptions.config.operation?.body?.content['application/json'] !== undefined
    return takesJson && mediaType(request) === 'application/json' ? await readJson(body) : body
  })
}

const mediaType = (request: FastifyRequest): string =>
  request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''

async function readJson(body: Readable): Promise<unknown> {
  const bytes = await buffer(body)
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformedBody()
  }
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
  if (accepted.includes(mediaType(request)) || accepted.includes('*/*')) return request.body
  throw unsupportedType(accepted)
}
