/** What a toast says and offers. */
export interface ToastRequest {
  text: string
  /** `bad` for what failed; it stays until closed. */
  tone?: 'plain' | 'bad'
  /** Offered for `seconds`. */
  undo?: () => void | Promise<void>
  /** Another act in the place of undo. */
  action?: { label: string; run: () => void | Promise<void> }
  /** Default 10 with undo or an action, 4 without. */
  seconds?: number
  /** Called once when the toast goes without its act having been taken, e.g. to make a removal final. */
  onExpire?: () => void
}

export interface Toast extends ToastRequest {
  readonly id: number
  readonly seconds: number
}

/** Toasts on screen, oldest first. */
export class ToastStore {
  private toasts: readonly Toast[] = []
  private nextId = 1
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): readonly Toast[] => this.toasts

  /** Shows a toast; returns its id. */
  show(request: ToastRequest): number {
    const hasAct = request.undo !== undefined || request.action !== undefined
    const id = this.nextId++
    this.set([...this.toasts, { ...request, id, seconds: request.seconds ?? (hasAct ? 10 : 4) }])
    return id
  }

  /** Takes the toast away because its time is over or it was closed. */
  expire(id: number): void {
    const toast = this.take(id)
    toast?.onExpire?.()
  }

  /** Takes the toast away and does what it offered. */
  async act(id: number): Promise<void> {
    const toast = this.take(id)
    await (toast?.undo ?? toast?.action?.run)?.()
  }

  private take(id: number): Toast | undefined {
    const toast = this.toasts.find((candidate) => candidate.id === id)
    if (toast) this.set(this.toasts.filter((candidate) => candidate !== toast))
    return toast
  }

  private set(toasts: readonly Toast[]): void {
    this.toasts = toasts
    for (const listener of [...this.listeners]) listener()
  }
}

export const toasts = new ToastStore()

/** Says something briefly: `toast({ text: t.removed(), undo: () => restore(id) })`. Returns the toast's id. */
export const toast = (request: ToastRequest | string): number =>
  toasts.show(typeof request === 'string' ? { text: request } : request)
