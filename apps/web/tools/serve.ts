import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { json } from 'node:stream/consumers'
import type { RawReply } from '../src/testing/mock-api.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** The policy the program serves the app with; the tool uses it too, so that a violation shows in development. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline' blob:; img-src 'self' blob: data:; font-src 'self' blob: data:; frame-src blob:; connect-src 'self'; object-src 'none'; base-uri 'none'"

/** Answers a request to the API; undefined is a network that is away. */
export type Answer = (method: string, url: URL, body: unknown) => RawReply | undefined

/** Serves a built app on a free port of the loopback, with its page for unknown paths. */
export async function serveApp(
  folder: string,
  answer: Answer = () => undefined,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://app')
    if (/^\/(api|blobs)\//.test(url.pathname)) return void reply(request, response, url, answer)
    sendFile(folder, normalize(url.pathname), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return { url: `http://127.0.0.1:${address.port}`, server }
}

function sendFile(folder: string, path: string, response: ServerResponse): void {
  const wanted = join(folder, path)
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(folder, 'index.html')
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
  response.setHeader('content-security-policy', POLICY)
  // Names under assets/ hold a hash of what is in them.
  if (path.startsWith('/assets/')) response.setHeader('cache-control', 'max-age=31536000, immutable')
  createReadStream(file).pipe(response)
}

async function reply(request: IncomingMessage, response: ServerResponse, url: URL, answer: Answer) {
  const body: unknown = /json/.test(request.headers['content-type'] ?? '') ? await json(request) : undefined
  const found = answer(request.method ?? 'GET', url, body)
  if (!found) return void request.socket.destroy()
  const { status, body: content } = found
  const file = content instanceof Uint8Array
  const type = file ? 'octet-stream' : status >= 400 ? 'problem+json' : 'json'
  response.writeHead(status, { 'content-type': `application/${type}`, 'cache-control': 'no-store' })
  response.end(file ? content : content === undefined ? '' : JSON.stringify(content))
}
