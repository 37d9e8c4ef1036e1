/** What a browser's WebSocket is to us; that of the package `ws` fits, too. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
  addEventListener(type: 'error', listener: () => void): void
}

export type OpenSocket = (url: string) => SocketLike

/** The platform's own WebSocket: in browsers, and in Node since 22. */
export const platformSocket: OpenSocket = (url) => {
  const { WebSocket } = globalThis as unknown as { WebSocket: new (url: string) => SocketLike }
  return new WebSocket(url)
}

export const OPEN = 1

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 15_000

/** How long to wait before the next try: doubling, and somewhere between half and whole, so that not all come at once. */
export function waitBefore(failures: number, random: () => number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random() / 2)
}

/** `wss://read.example/yjs/…` for `https://read.example`. */
export function socketUrl(
  baseUrl: string,
  path: string,
  params: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(path, baseUrl.replace(/^http/, 'ws'))
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}
