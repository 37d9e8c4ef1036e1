import { createHash } from 'node:crypto'
import type { MemoryNetwork } from '../../../../platform/peers/memory-network.ts'
import type { PeerHost } from '../../../../platform/peers/peers.ts'
import { FETCH_LIMITS } from '../fetch-server.ts'
import {
  decodeFetchRequest,
  encodeFetchRequest,
  encodeFetchResponse,
  FETCH_PROTOCOL,
  SYNC_PROTOCOL,
} from '../wire.ts'
import { answersSync, type SyncBehaviour } from './record-holder.ts'

/** What it answers to a question for content. */
export type Behaviour = (digest: string, request: Uint8Array) => Promise<Uint8Array | readonly Uint8Array[]>

/** How a node behaves that is the test's. */
export interface Script {
  /** Absent: it does not give content. */
  readonly fetch?: Behaviour
  /** Absent: it does not have boards. */
  readonly sync?: SyncBehaviour
  /** Questions that it works on at once. */
  readonly atOnce?: number
}

const LIMITS = { requestBytes: 1_048_576, answerBytes: 4_194_304, concurrentPerPeer: 64, deadlineMs: 120_000 }

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Answers by the protocol, with any of these that is asked for. */
export function holding(...contents: readonly Uint8Array[]): Behaviour {
  const byDigest = new Map(contents.map((bytes) => [digestOf(bytes), bytes]))
  return answering((digest) => byDigest.get(digest))
}

/** Answers by the protocol, with these bytes whatever their hash. */
export const answering =
  (bytesFor: (digest: string) => Uint8Array | undefined): Behaviour =>
  async (digest, request) =>
    encodeFetchResponse({ ...decodeFetchRequest(request), body: bytesFor(digest) })

/** Never answers. */
export const silent = () => new Promise<never>(() => {})

/** Another node that behaves as told. */
export function scriptedNode(
  network: MemoryNetwork,
  name: string,
  { fetch, sync, atOnce }: Script,
): PeerHost {
  const host = network.node(name)
  const limits = { ...LIMITS, concurrentPerPeer: atOnce ?? LIMITS.concurrentPerPeer }
  if (sync) {
    const answer = answersSync(sync)
    host.handle(SYNC_PROTOCOL, ({ body }) => answer(body), limits)
  }
  if (fetch)
    host.handle(FETCH_PROTOCOL, async ({ body }) => fetch(decodeFetchRequest(body).digest, body), limits)
  return host
}

/** Asks a node for content, as many times at once as it allows. Answers how often it was refused. */
export async function askAtOnce(host: PeerHost, node: string): Promise<number> {
  const question = (requestId: number) => encodeFetchRequest({ digest: 'a'.repeat(64), requestId })
  const ask = (_: unknown, n: number) => host.request(node, FETCH_PROTOCOL, question(n))
  const answers = await Promise.allSettled(Array.from({ length: FETCH_LIMITS.concurrentPerPeer }, ask))
  return answers.filter((one) => one.status === 'rejected' && one.reason.code === 'peers.refused').length
}
