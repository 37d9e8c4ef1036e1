import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appMissingPage } from './app-missing-page.ts'
import { methodNotAllowed, routeNotFound } from './errors.ts'
import { appPolicy } from './security-headers.ts'

export interface StaticAppOptions {
  /** The built web app: `index.html`, `assets/` with a hash in every name, `sw.js`. May be built later than we start. */
  readonly root: string
  /** Origins of object storage that the app's pages may talk to. */
  readonly storageOrigins?: readonly string[] | undefined
}

/** What the app's router never answers. */
const OURS = /^\/(?:api|blobs|\.well-known)(?:\/|$)|^\/(?:healthz|readyz|metrics)$/

const YEAR = 'public, max-age=31536000, immutable'

/**
 * Serves the web app: its files as they are (compressed siblings `.br`, `.gz` where they exist), its page for every other
 * address a browser navigates to. Nothing of it may be framed, and no inline script runs.
 */
export function serveApp(app: FastifyInstance, options: StaticAppOptions): void {
  const { root } = options
  const policy = appPolicy(options.storageOrigins)
  app.register(fastifyStatic, {
    root,
    prefix: '/',
    index: ['index.html'],
    preCompressed: true,
    dotfiles: 'ignore',
    suppressWarning: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.headers({
        'content-security-policy': policy,
        'cache-control': cacheControl(relative(root, path)),
      })
    },
  })
}

/** The bundler's files have a hash of their content in their names; everything else is asked for again. */
const HASHED = /^assets\/[^/]+-[\w-]{8}\.\w+$/

function cacheControl(path: string): string {
  return HASHED.test(
    path
      .split(sep)
      .join('/')
      .replace(/\.(?:br|gz)$/, ''),
  )
    ? YEAR
    : 'no-cache'
}

/** Answers what no file and no route answers: the app's page for a browser that navigates, a problem for all else. */
export function appFallback(options: StaticAppOptions) {
  const policy = appPolicy(options.storageOrigins)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if (OURS.test(path)) throw routeNotFound()
    if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed()
    if (!request.headers.accept?.includes('text/html')) throw routeNotFound()
    if (existsSync(join(options.root, 'index.html'))) return reply.sendFile('index.html', options.root)
    return reply
      .code(503)
      .headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'retry-after': '5' })
      .type('text/html; charset=utf-8')
      .send(appMissingPage)
  }
}
