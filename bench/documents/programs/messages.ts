/** What a benchmark asks of a server in another process, and what it is told. */
export interface Wanted {
  readonly documents: number
  /** Addresses of a document that is there already, instead of new ones; of ours alone. */
  readonly existing?: string
  /** Connections to each, one ticket a connection. */
  readonly clients: number
  /** The state that each begins with, base64. */
  readonly state?: string
}

export interface Given {
  /** WebSocket addresses: one list a document, one address a client. */
  readonly addresses: readonly (readonly string[])[]
  readonly names: readonly string[]
}

/** Garbage is to be collected, so that what is left is what is held. */
export const COLLECT = 'collect'

/** Answers what the parent asks until it goes away; then stops what `server` has started. */
export function serve(answer: (wanted: Wanted) => Promise<Given>, server?: AsyncDisposable): void {
  process.on('message', (wanted: Wanted | typeof COLLECT) => {
    if (wanted !== COLLECT) return void answer(wanted).then((given) => process.send?.(given))
    globalThis.gc?.()
    process.send?.('collected')
  })
  process.on('disconnect', async () => {
    await server?.[Symbol.asyncDispose]()
    process.exit()
  })
  process.send?.('ready')
}
