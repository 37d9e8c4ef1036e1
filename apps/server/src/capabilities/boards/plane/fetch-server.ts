import { CHUNK_BYTES } from '@stoa/records'
import { PeerRefusal } from '../../../platform/peers/errors.ts'
import type { PeerAnswer, PeerRequest, ProtocolLimits } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import type { Budget } from './budget.ts'
import type { BlobShelf, Members } from './ports.ts'
import { decodeFetchRequest, encodeFetchResponse, type FetchRequest } from './wire.ts'

export const FETCH_LIMITS: ProtocolLimits = {
  requestBytes: 1024,
  answerBytes: CHUNK_BYTES + 2048,
  concurrentPerPeer: 64,
  deadlineMs: 60_000,
}

interface Parts {
  readonly blobs: BlobShelf
  readonly members: Members
  readonly budget: Budget
  readonly counters: ContentCounters
  readonly scheduler: Scheduler
}

/** Answers `CONTENT_FETCH_REQUEST`: what a peer may see and is here, and no more of it than its budget. */
export function fetchServer({ blobs, members, budget, counters, scheduler }: Parts) {
  return async ({ peer, body }: PeerRequest): Promise<PeerAnswer> => {
    const request = readRequest(body, counters)
    try {
      budget.request(peer, scheduler.now())
    } catch (error) {
      counters.served('fetch', 'refused', 0)
      throw error
    }
    const found = await blobs.blob(request.digest, members.isMember(peer) ? 'members' : 'public')
    counters.served('fetch', found ? 'ok' : 'not_found', found?.length ?? 0)
    if (found) budget.bytes(peer, found.length, scheduler.now())
    return encodeFetchResponse({ ...request, body: found })
  }
}

function readRequest(body: Uint8Array, counters: ContentCounters): FetchRequest {
  try {
    return decodeFetchRequest(body)
  } catch (cause) {
    counters.served('fetch', 'malformed', 0)
    throw new PeerRefusal('malformed', 'This is no request for content.', cause)
  }
}
