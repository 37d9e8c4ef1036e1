/** Thread of {@link Compactor}: makes one state of many updates. */
import { parentPort } from 'node:worker_threads'
import { DocumentContent } from './document-content.ts'

export interface MergeRequest {
  readonly id: number
  readonly updates: readonly Uint8Array[]
}

export type MergeReply =
  | { readonly id: number; readonly state: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly failure: string }

parentPort?.on('message', ({ id, updates }: MergeRequest) => {
  try {
    const state = new Uint8Array(new DocumentContent(updates).compacted())
    parentPort?.postMessage({ id, state } satisfies MergeReply, [state.buffer])
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) } satisfies MergeReply)
  }
})
