import type { Random } from '@stoa/kernel'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'

/** A delay drawn from within so great a part of it: nodes that started together do not act together for ever. */
export function jittered(milliseconds: number, part: number, random: Random): number {
  const [draw = 0] = new Uint32Array(random.fill(new Uint8Array(4)).buffer)
  return Math.round(milliseconds * (1 - part + (2 * part * draw) / 2 ** 32))
}

export interface Loop {
  /** Waits for the work that goes on; none begins afterwards. */
  stop(): Promise<void>
}

/** Work done again and again, the next time so long after the last has ended. Its errors are told and end nothing. */
export function loop(
  scheduler: Scheduler,
  delay: () => number,
  work: () => Promise<void> | void,
  onError: (error: unknown) => void,
): Loop {
  let stopped = false
  let cancel = () => {}
  let running: Promise<void> = Promise.resolve()
  const turn = () => {
    running = (async () => work())()
      .catch(onError)
      .then(() => {
        if (!stopped) cancel = scheduler.after(delay(), turn)
      })
  }
  cancel = scheduler.after(delay(), turn)
  return {
    async stop() {
      stopped = true
      cancel()
      await running
    },
  }
}
