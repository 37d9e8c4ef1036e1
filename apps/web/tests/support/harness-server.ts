import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'vite'
import { pdfAssets } from '../../tools/pdf-assets.ts'

/** What the server sends with the app's pages (`appPolicy` of its security headers); frames of books inherit it. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline' blob:",
    "img-src 'self' blob: data:",
    "font-src 'self' blob: data:",
    "media-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    'frame-src blob:',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
} as const

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
}

export interface HarnessServer extends AsyncDisposable {
  readonly origin: string
  /** Serves bytes at `/books/<name>`. */
  addBook(name: string, bytes: Uint8Array): void
}

/** Builds the engine's bare page as production does and serves it under the app's content security policy. */
export async function serveHarness(): Promise<HarnessServer> {
  const root = new URL('../../src/reader/engine/harness/', import.meta.url).pathname
  const folder = await mkdtemp(join(tmpdir(), 'stoa-harness-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    plugins: [pdfAssets()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'harness.html') },
    },
  })
  const books = new Map<string, Uint8Array>()
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const book = path.startsWith('/books/') ? books.get(path.slice('/books/'.length)) : undefined
    const body = book ?? (await readFile(join(folder, normalize(path))).catch(() => undefined))
    response.writeHead(body ? 200 : 404, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      ...HEADERS,
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    addBook: (name, bytes) => books.set(name, bytes),
    async [Symbol.asyncDispose]() {
      await close(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
