import { Readable } from 'node:stream'
import type { Binary, EventStream } from '@stoa/contracts'
import type { FastifyReply } from 'fastify'
import type { ContentTypes, ContractOperation, Schema } from './document.ts'
import { ContractMismatch } from './errors.ts'
import { eventStreamHeaders, sendEvents } from './event-stream.ts'
import type { ReplyFilter } from './reply-filter.ts'
import type { Validator } from './validator.ts'

/** What a handler answers, before it is known to be what the contract promises. */
export interface RawReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | string[]>> | undefined
  readonly body?: unknown
}

export type ReplySender = (target: FastifyReply, reply: RawReply, signal: AbortSignal) => Promise<void>

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json$/.test(type)

/** JSON of another vocabulary that the handler has written itself, e.g. JSON-LD: the contract says it is text. */
const isFile = (type: string, schema: Schema): boolean =>
  type !== 'application/json' && schema.type === 'string'

/** Sends replies of one operation as its contract declares them; anything undeclared is dropped or refused. */
export function replySender(
  operation: ContractOperation,
  filter: ReplyFilter,
  validator?: Validator,
): ReplySender {
  const shapers = new Map<string, (body: unknown) => unknown>()
  for (const [status, content] of operation.replies) {
    for (const [type, { schema }] of Object.entries(content)) {
      if (schema && isJson(type) && !isFile(type, schema))
        shapers.set(`${status} ${type}`, shaper(operation, filter, validator, schema))
    }
  }
  return async (target, reply, signal) => {
    const content = operation.replies.get(reply.status)
    if (!content) throw new ContractMismatch(`${operation.id} declares no status ${reply.status}`)
    const type = chooseType(operation, content, reply)
    target.code(reply.status).headers({ ...reply.headers })
    if (type === undefined) return void target.send()
    if (type === 'text/event-stream') return await stream(target, reply.body as EventStream, signal)
    target.header('content-type', reply.headers?.['content-type'] ?? withCharset(type))
    const shape = shapers.get(`${reply.status} ${type}`)
    return void target.send(shape ? JSON.stringify(shape(reply.body)) : raw(reply.body, target))
  }
}

function shaper(
  operation: ContractOperation,
  filter: ReplyFilter,
  validator: Validator | undefined,
  schema: object,
) {
  const shape = filter.compile({ ...schema })
  const faultsIn = validator?.reply({ ...schema })
  return (body: unknown) => {
    const kept = shape(body)
    const faults = faultsIn?.(JSON.parse(JSON.stringify(kept))) ?? []
    if (faults.length === 0) return kept
    throw new ContractMismatch(`${operation.id} breaks its contract: ${JSON.stringify(faults)}`)
  }
}

/** The media type of the reply: the one the handler names, else the first declared; `undefined` without a body. */
function chooseType(
  operation: ContractOperation,
  content: ContentTypes,
  reply: RawReply,
): string | undefined {
  const declared = Object.keys(content)
  const named = [reply.headers?.['content-type']].flat()[0]?.split(';')[0]?.trim()
  if (named === undefined || declared.length === 0) return declared[0]
  if (declared.includes(named)) return named
  if (declared.includes('*/*')) return '*/*'
  throw new ContractMismatch(`${operation.id} declares no ${named} for status ${reply.status}`)
}

function withCharset(type: string): string {
  return type.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type
}

function raw(body: unknown, { request }: FastifyReply): string | Buffer | Readable {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const bytes = body instanceof Readable ? body : Readable.from(body as Exclude<Binary, Uint8Array>)
  return bytes.once('error', (error) => request.trace.log.warn({ action: 'reply_broke_off', error }))
}

async function stream(target: FastifyReply, events: EventStream, signal: AbortSignal): Promise<void> {
  target.hijack()
  target.raw.writeHead(200, { ...(target.getHeaders() as Record<string, string>), ...eventStreamHeaders })
  // The head of the reply has gone out: whatever happens now can only end the stream, and the client resumes.
  await sendEvents(target.raw, events, { signal }).catch((error: unknown) => {
    target.request.trace.log.error({ action: 'event_stream_broke_off', error })
  })
}
