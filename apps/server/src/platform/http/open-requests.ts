import type { FastifyReply } from 'fastify'

/** Requests that are being answered, so that a stopping server can end those that would never end by themselves. */
export class OpenRequests {
  readonly #open = new Map<AbortController, { readonly endless: boolean }>()
  #stopping = false

  get size(): number {
    return this.#open.size
  }

  /** A signal that aborts when the client leaves, or when the server stops and the reply is endless (an event stream). */
  track(reply: FastifyReply, endless: boolean): AbortSignal {
    const controller = new AbortController()
    // Who left while the token was looked at will not leave again.
    if (reply.raw.destroyed) {
      controller.abort()
      return controller.signal
    }
    this.#open.set(controller, { endless })
    reply.raw.once('close', () => {
      this.#open.delete(controller)
      // Nobody listens after a whole reply, and an abort is dear: it makes an error with a stack.
      if (endless || !reply.raw.writableFinished) controller.abort()
    })
    if (this.#stopping && endless) controller.abort()
    return controller.signal
  }

  abortEndless(): void {
    this.#stopping = true
    for (const [controller, { endless }] of this.#open) if (endless) controller.abort()
  }

  abortAll(): void {
    for (const controller of this.#open.keys()) controller.abort()
  }
}
