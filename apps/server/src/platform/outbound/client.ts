import { fetch, type RequestInit, type Response } from 'undici'
import { guardedAgent, type Resolve, systemResolve } from './agent.ts'
import type { AddressPolicy } from './policy.ts'

/** An HTTP client whose every connection is guarded. */
export interface Client {
  fetch(url: URL, init: RequestInit): Promise<Response>
  /** Ends every connection. */
  destroy(): Promise<void>
}

export function createClient(
  policy: AddressPolicy,
  { resolve = systemResolve, ca }: { readonly resolve?: Resolve; readonly ca?: string },
): Client {
  const dispatcher = guardedAgent(policy, resolve, ca)
  return {
    fetch: (url, init) => fetch(url, { ...init, dispatcher }),
    destroy: () => dispatcher.destroy(),
  }
}
