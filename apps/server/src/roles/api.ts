import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger, Service } from '@stoa/kernel'
import type { FastifyInstance } from 'fastify'
import { type MountOptions, mountContract } from '../platform/http/mount.ts'
import { OpenRequests } from '../platform/http/open-requests.ts'
import { createHttpServer, type HttpServerOptions } from '../platform/http/server.ts'
import { appFallback, serveApp } from '../platform/http/static-app.ts'

export interface ApiConfig {
  readonly host: string
  /** The first to try; when it is busy, the ones after it. 0 = any. */
  readonly port: number
  readonly webRoot: string
  readonly storageOrigins: readonly string[]
}

export type ApiDeps = HttpServerOptions &
  Omit<MountOptions, 'openRequests'> & {
    /** Takes over requests that ask for another protocol; none may without it. */
    readonly upgrade?: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined
  }

/** The role that answers HTTP: the contract, the web app, the live events. */
export interface Api extends Service {
  /** Where it listens, e.g. `http://127.0.0.1:8000`; may be read once started. */
  readonly url: string
}

/** How many ports after the wanted one are tried. */
const PORTS = 20
/** What has not been answered this long after the stop is cut off. */
const STOP_WITHIN_MS = 10_000

export function createApi(config: ApiConfig, deps: ApiDeps): Api {
  const web = { root: config.webRoot, storageOrigins: config.storageOrigins }
  const app = createHttpServer({ ...deps, notFound: appFallback(web) })
  const openRequests = new OpenRequests()
  mountContract(app, { ...deps, openRequests })
  serveApp(app, web)
  if (deps.upgrade) app.server.on('upgrade', deps.upgrade)
  return {
    name: 'api',
    get url() {
      const { address, port, family } = app.server.address() as AddressInfo
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
    },
    start: () => listen(app, config, deps.log),
    stop: () => stop(app, openRequests),
  }
}

async function listen(app: FastifyInstance, { host, port }: ApiConfig, log: Logger): Promise<void> {
  for (let tried = port; ; tried++) {
    try {
      await app.listen({ host, port: tried })
      if (tried !== port) log.warn({ action: 'port_busy', wanted: port, taken: tried })
      return
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!busy || port === 0 || tried >= port + PORTS || tried === 65_535) throw error
    }
  }
}

/** Streams end at once, other requests may finish, nothing holds the program for longer than ten seconds. */
async function stop(app: FastifyInstance, openRequests: OpenRequests): Promise<void> {
  openRequests.abortEndless()
  const cutOff = setTimeout(() => {
    openRequests.abortAll()
    app.server.closeAllConnections()
  }, STOP_WITHIN_MS)
  try {
    await app.close()
  } finally {
    clearTimeout(cutOff)
  }
}
