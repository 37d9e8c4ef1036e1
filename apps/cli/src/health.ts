import { CliError } from './errors.ts'

export interface Part {
  readonly name: string
  readonly ready: boolean
  readonly reason?: string
}

export interface Health {
  readonly url: string
  readonly version: string
  readonly ready: boolean
  readonly parts: readonly Part[]
}

const TIMEOUT_MS = 5_000

/**
 * Asks a running server how it is.
 * @throws CliError `cli.no_server` when nothing answers, `cli.not_stoa` when something else does
 */
export async function readHealth(url: string, request: typeof fetch = fetch): Promise<Health> {
  const alive = await ask(url, '/healthz', request)
  const { status, version } = alive.body
  if (status !== 'ok' || typeof version !== 'string')
    throw new CliError('cli.not_stoa', `What answers at ${url} is not Stoa.`)
  const readiness = await ask(url, '/readyz', request)
  return { url, version, ready: readiness.ok, parts: partsOf(readiness.body) }
}

async function ask(
  url: string,
  path: string,
  request: typeof fetch,
): Promise<{ ok: boolean; body: Readonly<Record<string, unknown>> }> {
  const address = new URL(path, url)
  const reply = await request(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (cause: unknown) => {
      throw new CliError('cli.no_server', `No server answers at ${url}.`, { cause })
    },
  )
  const body: unknown = await reply.json().catch(() => undefined)
  return { ok: reply.ok, body: isRecord(body) ? body : {} }
}

/** A ready server lists its parts; one that is not tells them in the details of a problem. */
function partsOf(body: Readonly<Record<string, unknown>>): readonly Part[] {
  const details = isRecord(body.details) ? body.details : body
  return Array.isArray(details.parts) ? details.parts.filter(isPart) : []
}

function isPart(value: unknown): value is Part {
  return isRecord(value) && typeof value.name === 'string' && typeof value.ready === 'boolean'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
