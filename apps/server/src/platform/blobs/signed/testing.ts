import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { BlobError, blobErrorStatus } from '../errors.ts'
import type { SignedQuery } from './grant.ts'
import type { SignedBlobs } from './serve.ts'

/** For tests: a plain HTTP server that answers signed URLs. @returns its origin, and a way to stop it. */
export async function serveSigned(signed: SignedBlobs): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const path = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
    const query = readQuery(url.searchParams)
    const header = (name: string) => request.headers[name]?.toString()
    try {
      if (request.method === 'PUT') {
        const length = header('content-length')
        const contentLength = length === undefined ? undefined : Number(length)
        const put = { path, query, contentType: header('content-type'), contentLength, body: request }
        const reply = await signed.put(put)
        response.writeHead(reply.status, reply.headers).end()
        return
      }
      const conditions = {
        range: header('range'),
        ifRange: header('if-range'),
        ifNoneMatch: header('if-none-match'),
      }
      const reply = await signed.get({ path, query, ...conditions })
      response.writeHead(reply.status, reply.headers)
      if (reply.body) await pipeline(reply.body, response)
      else response.end()
    } catch (error) {
      const status = error instanceof BlobError ? blobErrorStatus[error.code] : 500
      response.writeHead(status).end(error instanceof BlobError ? error.code : String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function readQuery(params: URLSearchParams): SignedQuery {
  const optional = (name: string) => params.get(name) ?? undefined
  const size = optional('size')
  const download = optional('download')
  return {
    expires: Number(params.get('expires')),
    content_type: params.get('content_type') ?? '',
    signature: params.get('signature') ?? '',
    ...(size === undefined ? {} : { size: Number(size) }),
    ...(download === undefined ? {} : { download }),
  }
}
