import { systemClock } from '@stoa/kernel'
import { createOutbound } from '../../outbound/create-outbound.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { S3Options } from './client.ts'
import { S3Signer } from './signer.ts'

/** Longer than this no browser's person waits either. Milliseconds. */
const PATIENCE_MS = 5_000

/** What browsers do with signed URLs, each with the headers they must be let to send. */
const WANTED = { GET: [], PUT: ['content-type'] } as const satisfies Record<string, readonly string[]>

type Method = keyof typeof WANTED

/** The address is the operator's own setting: a store in the same room is as good as one of a cloud. */
const OPERATORS_CHOICE = { allowPrivate: ['0.0.0.0/0', '::/0'], allowHttp: true, ports: 'any' } as const

/** Whether pages of an origin may use the signed URLs of a bucket. */
export type CorsReport =
  | { readonly state: 'allowed' }
  /** `refused`: what the bucket does not allow. */
  | { readonly state: 'refused'; readonly refused: readonly Method[] }
  | { readonly state: 'unreachable'; readonly reason: string }

/**
 * Asks a bucket what a browser asks before it sends a file there: the preflight of the Fetch standard, which needs no keys. The
 * object need not exist. `origin`: of our pages, e.g. `https://stoa.example`.
 */
export async function checkCors(options: S3Options, origin: string): Promise<CorsReport> {
  const signer = new S3Signer(options, systemClock)
  const outbound = createOutbound({ ...OPERATORS_CHOICE, userAgent: 'Stoa' })
  try {
    const { url } = await signer.put(
      { Bucket: options.bucket, Key: 'uploads/doctor' },
      { contentType: 'application/octet-stream', size: 1, expiresInSeconds: 60 },
    )
    const refused: Method[] = []
    for (const method of ['GET', 'PUT'] as const)
      if (!(await allows(outbound, url, origin, method))) refused.push(method)
    return refused.length === 0 ? { state: 'allowed' } : { state: 'refused', refused }
  } catch (error) {
    return { state: 'unreachable', reason: reasonOf(error) }
  } finally {
    signer.close()
    await outbound.stop()
  }
}

async function allows(outbound: Outbound, url: string, origin: string, method: Method): Promise<boolean> {
  const headers = WANTED[method]
  const reply = await outbound.fetch(url, {
    purpose: 'doctor',
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers.length > 0 && { 'access-control-request-headers': headers.join(',') }),
    },
    redirect: 'manual',
    timeoutMs: PATIENCE_MS,
  })
  await reply.body?.cancel()
  const lists = (name: string, wanted: string) => {
    const listed = (reply.headers.get(name) ?? '').split(',').map((each) => each.trim().toLowerCase())
    return listed.includes('*') || listed.includes(wanted.toLowerCase())
  }
  return (
    reply.ok &&
    lists('access-control-allow-origin', origin) &&
    lists('access-control-allow-methods', method) &&
    headers.every((header) => lists('access-control-allow-headers', header))
  )
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
