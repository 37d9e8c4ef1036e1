import type { ContentRef } from '@stoa/records'
import { type Content, contentsOf, hashOfAll, type Offer } from '../contents.ts'

/** One way for content to come from one process to another. */
export interface Contestant {
  /** Multiaddr, over TCP. */
  readonly address: string
  connect(address: string): Promise<void>
  /** Has these to give from now on. */
  offer(contents: readonly Content[]): Promise<void>
  /** Gets all of these, asked for at once, and keeps them in memory; whatever has not the hash it should have fails it. */
  fetch(contents: readonly ContentRef[]): Promise<void>
  /** Bytes of what was fetched, in parts. */
  kept(contents: readonly ContentRef[]): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Lets go of what was offered or fetched. */
  forget(): void | Promise<void>
}

export type Order =
  | { readonly do: 'connect'; readonly address: string }
  | { readonly do: 'offer'; readonly offer: Offer }
  | { readonly do: 'fetch'; readonly contents: readonly ContentRef[] }
  | { readonly do: 'forget' }

export interface Reply {
  readonly address: string
  readonly error?: string
  readonly contents?: readonly ContentRef[]
  /** SHA-256 over all contents in their order. */
  readonly hash?: string
  readonly milliseconds?: number
}

/** Does as the parent process says until it goes away. */
export function follow(contestant: Contestant): void {
  const { address } = contestant
  const carryOut = async (order: Order): Promise<Reply> => {
    switch (order.do) {
      case 'connect':
        await contestant.connect(order.address)
        return { address }
      case 'offer': {
        const contents = contentsOf(order.offer)
        await contestant.offer(contents)
        const hash = await hashOfAll(contents.map(({ bytes }) => bytes))
        return { address, contents: contents.map(({ ref }) => ref), hash }
      }
      case 'fetch': {
        const began = performance.now()
        await contestant.fetch(order.contents)
        const milliseconds = performance.now() - began
        return { address, milliseconds, hash: await hashOfAll(contestant.kept(order.contents)) }
      }
      case 'forget':
        await contestant.forget()
        return { address }
    }
  }
  process.on(
    'message',
    (order: Order) =>
      void carryOut(order)
        .catch((error: unknown) => ({
          address,
          error: error instanceof Error ? (error.stack ?? '') : String(error),
        }))
        .then((reply) => process.send?.(reply)),
  )
  process.on('disconnect', () => process.exit(0))
  process.send?.({ address })
}
