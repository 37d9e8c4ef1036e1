/** One question for one blob to one peer, and what is made of the answer. */
import { createHash } from 'node:crypto'
import { CHUNK_BYTES } from '@stoa/records'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import type { FetchReason } from '../content/source.ts'
import { decodeFetchResponse, encodeFetchRequest, FETCH_PROTOCOL, type FetchResponse } from './wire.ts'

const DEADLINE_MS = 20_000
/** Of a chunk, which shares a slow line with others. Whoever goes silent on the way is noticed before. */
const CHUNK_DEADLINE_MS = 60_000

export type Answer = { readonly bytes: Uint8Array } | { readonly reason: FetchReason; readonly lied: boolean }

/** Bytes only when their hash is the one that was asked for. Rejects with nothing but the signal's reason. */
export async function askPeer(
  network: PeerNetwork,
  peer: PeerId,
  question: { readonly digest: string; readonly requestId: number; readonly size: number },
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: () => void },
): Promise<Answer> {
  let bytes: Uint8Array
  try {
    const deadlineMs = question.size < CHUNK_BYTES ? DEADLINE_MS : CHUNK_DEADLINE_MS
    const options = { signal, onProgress, deadlineMs, answerBytes: CHUNK_BYTES + 2048 }
    bytes = await network.request(peer, FETCH_PROTOCOL, encodeFetchRequest(question), options)
  } catch (error) {
    if (error instanceof PeerError) return { reason: reasonOf(error), lied: error.code === 'peers.too_large' }
    signal.throwIfAborted()
    return { reason: 'failed', lied: false }
  }
  return judge(bytes, question)
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
