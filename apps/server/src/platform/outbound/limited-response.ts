import type { Response as UndiciResponse } from 'undici'
import { OutboundError } from './errors.ts'

const WITHOUT_BODY = [204, 205, 304]

/**
 * The same answer, as a standard Response, that fails once its body is longer than `maxBytes`. Counted after
 * decompression, so that a small answer cannot grow large.
 * @param translate turns errors of the connection into ours
 * @throws OutboundError `outbound.too_large` at once when the header already says so
 */
export async function limitedResponse(
  response: UndiciResponse,
  maxBytes: number,
  translate: (error: unknown) => OutboundError,
): Promise<Response> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge(maxBytes)
  }
  const headers = new Headers([...response.headers])
  if (headers.has('content-encoding')) {
    headers.delete('content-encoding')
    headers.delete('content-length')
  }
  const body =
    response.body && !WITHOUT_BODY.includes(response.status)
      ? limited(response.body, maxBytes, translate)
      : null
  const { status, statusText, url } = response
  const result = new Response(body, { status, statusText, headers })
  Object.defineProperty(result, 'url', { value: url })
  return result
}

function limited(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  translate: (error: unknown) => OutboundError,
): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let size = 0
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await chunks.next()
        if (done) return controller.close()
        size += value.byteLength
        if (size > maxBytes) throw tooLarge(maxBytes)
        controller.enqueue(value)
      } catch (error) {
        await chunks.return?.().catch(() => {})
        throw error instanceof OutboundError ? error : translate(error)
      }
    },
    cancel: async () => {
      await chunks.return?.()
    },
  })
}

const tooLarge = (maxBytes: number) =>
  new OutboundError('outbound.too_large', `The answer is longer than ${maxBytes} bytes.`, {
    details: { maxBytes },
  })
