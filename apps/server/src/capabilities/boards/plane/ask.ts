/** One question for one blob to one peer, and what is made of the answer. */
import { createHash } from 'node:crypto'
import { CHUNK_BYTES } from '@stoa/records'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { FetchReason } from '../content/source.ts'
import { onSilence } from './silence.ts'
import { decodeFetchResponse, encodeFetchRequest, FETCH_PROTOCOL, type FetchResponse } from './wire.ts'

const DEADLINE_MS = 20_000
/** Of a chunk, which shares a slow line with others: as long as something comes of any of them. */
const CHUNK_DEADLINE_MS = 60_000
/** A peer that is asked for a chunk and sends nothing at all for so long is not waited for. */
const SILENT_MS = 30_000

/** `silent`: the peer sent nothing whatever. */
export type Answer =
  | { readonly bytes: Uint8Array }
  | { readonly reason: FetchReason; readonly lied: boolean; readonly silent?: boolean }

const SILENT = new Error('The peer sends nothing.')

interface Question {
  readonly digest: string
  readonly requestId: number
  readonly size: number
}

interface Asking {
  readonly signal: AbortSignal
  readonly onProgress: () => void
}

/** Bytes only when their hash is the one that was asked for. Rejects with nothing but the signal's reason. */
export async function askPeer(
  { network, scheduler }: { readonly network: PeerNetwork; readonly scheduler: Scheduler },
  peer: PeerId,
  question: Question,
  { signal, onProgress }: Asking,
): Promise<Answer> {
  let silent = true
  const heard = () => {
    silent = false
    onProgress()
  }
  try {
    const ask = question.size < CHUNK_BYTES ? askSmall : askChunk
    const bytes = await ask({ network, scheduler }, peer, question, { signal, onProgress: heard })
    return judge(bytes, question)
  } catch (error) {
    if (error === SILENT) return { reason: 'timeout', lied: false, silent }
    if (!(error instanceof PeerError)) {
      signal.throwIfAborted()
      return { reason: 'failed', lied: false }
    }
    const reason = reasonOf(error)
    return { reason, lied: error.code === 'peers.too_large', silent: silent && reason === 'timeout' }
  }
}

type Ask = (
  parts: { readonly network: PeerNetwork; readonly scheduler: Scheduler },
  peer: PeerId,
  question: Question,
  asking: Asking,
) => Promise<Uint8Array>

const answerBytes = CHUNK_BYTES + 2048

const askSmall: Ask = ({ network }, peer, question, asking) =>
  network.request(peer, FETCH_PROTOCOL, encodeFetchRequest(question), {
    ...{ ...asking, answerBytes, deadlineMs: DEADLINE_MS },
  })

/** A minute, unless the peer falls silent before. */
const askChunk: Ask = async ({ network, scheduler }, peer, question, { signal, onProgress }) => {
  const given = new AbortController()
  const silence = onSilence(scheduler, SILENT_MS, () => given.abort(SILENT))
  const heard = () => {
    silence.heard()
    onProgress()
  }
  try {
    return await network.request(peer, FETCH_PROTOCOL, encodeFetchRequest(question), {
      ...{ answerBytes, deadlineMs: CHUNK_DEADLINE_MS, onProgress: heard },
      signal: AbortSignal.any([signal, given.signal]),
    })
  } finally {
    silence.end()
  }
}

function judge(bytes: Uint8Array, question: { digest: string; requestId: number }): Answer {
  let response: FetchResponse
  try {
    response = decodeFetchResponse(bytes)
  } catch {
    return { reason: 'wrong_bytes', lied: true }
  }
  const { digest, requestId, body } = response
  if (digest !== question.digest || requestId !== question.requestId)
    return { reason: 'wrong_bytes', lied: true }
  if (body === undefined) return { reason: 'not_found', lied: false }
  const right = createHash('sha256').update(body).digest('hex') === digest
  return right ? { bytes: body } : { reason: 'wrong_bytes', lied: true }
}

function reasonOf(error: PeerError): FetchReason {
  switch (error.code) {
    case 'peers.timeout':
      return 'timeout'
    case 'peers.too_large':
      return 'too_large'
    case 'peers.busy':
      return 'busy'
    case 'peers.refused':
      return error.reason === 'rate_limited' ? 'busy' : 'refused'
    case 'peers.unreachable':
    case 'peers.not_supported':
    case 'peers.closed':
      return 'failed'
  }
}
