export interface OutboundRequest {
  /** What the call is for: a label of metrics and logs, e.g. `oidc`, `webhook`. Few values, never user text. */
  readonly purpose: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Ends the call earlier than its time limit. */
  readonly signal?: AbortSignal
  /** `follow` (default): at most three hops, each checked like the first. */
  readonly redirect?: 'follow' | 'manual' | 'error'
  /** For everything, the last byte included. Default 10 s. */
  readonly timeoutMs?: number
  /** Longest answer, after decompression. Default 5 MB. */
  readonly maxBytes?: number
}

/**
 * The only way out of the program to other servers over HTTP: addresses that others may choose (issuers, webhooks,
 * remote servers, push endpoints) must never reach our own network.
 */
export interface Outbound {
  /** @throws OutboundError */
  fetch(url: string | URL, request: OutboundRequest): Promise<Response>
}
