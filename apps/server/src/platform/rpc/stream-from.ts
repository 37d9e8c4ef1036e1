/** A stream that has begun, with its first item. */
export interface Begun<T> {
  readonly items: AsyncIterator<T>
  readonly first: IteratorResult<T>
}

/**
 * A stream that begins with the first `next`, as a call over a wire does. Later items are handed on untouched: a generator around
 * them would cost each of them more than all else on its way.
 */
export function streamFrom<T>(begin: () => Promise<Begun<T>>): AsyncIterableIterator<T> {
  let items: AsyncIterator<T> | undefined
  const first = async (): Promise<IteratorResult<T>> => {
    const begun = await begin()
    items = begun.items
    return begun.first
  }
  return {
    next: () => items?.next() ?? first(),
    return: async () => {
      await items?.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
