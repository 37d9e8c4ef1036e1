import type { Scheduler } from '../../../platform/peers/scheduler.ts'

/** Calls once when `heard` was not called for so long, unless `end` was before. */
export function onSilence(
  scheduler: Scheduler,
  milliseconds: number,
  call: () => void,
): { readonly heard: () => void; readonly end: () => void } {
  let last = scheduler.now()
  const look = () => {
    const left = last + milliseconds - scheduler.now()
    if (left > 0) cancel = scheduler.after(left, look)
    else call()
  }
  let cancel = scheduler.after(milliseconds, look)
  const heard = () => {
    last = scheduler.now()
  }
  return { heard, end: () => cancel() }
}
