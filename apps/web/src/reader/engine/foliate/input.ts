/** What keys, wheel and fingers ask for. */
export interface InputActions {
  next(): void
  prev(): void
  goLeft(): void
  goRight(): void
  start(whole: boolean): void
  end(whole: boolean): void
  /** In scrolled flow the page scrolls by itself; the wheel turns only at its ends. */
  scrolled(): boolean
  /** Scrolls by a few lines. Where it is missing, the browser does it by itself. */
  nudge?(step: 1 | -1): void
  vertical(): boolean
  atEdge(forward: boolean): boolean
}

const WHEEL_STEP = 40
const WHEEL_REST_MS = 180
const SWIPE_PIXELS = 44

/**
 * Listens to the reader's own element and to every document it shows, as to one surface: a flick that begins on one section
 * and ends on the next is still one flick.
 */
export class InputWatch {
  readonly #actions: InputActions
  readonly #turn: (event: WheelEvent) => void

  constructor(actions: InputActions) {
    this.#actions = actions
    this.#turn = wheelTurner(actions)
  }

  watch(target: Document | HTMLElement): void {
    target.addEventListener('keydown', (event) => {
      const key = event instanceof KeyboardEventOf(target) && !event.defaultPrevented
      if (key && onKey(event, this.#actions)) event.preventDefault()
    })
    target.addEventListener('wheel', (event) => this.#turn(event as WheelEvent), { passive: false })
    if (!(target instanceof HTMLElement)) watchSwipes(target, this.#actions)
  }
}

/** Events of another frame are instances of that frame's classes. */
function KeyboardEventOf(target: Document | HTMLElement): typeof KeyboardEvent {
  const view = target instanceof HTMLElement ? window : target.defaultView
  return (view as (Window & typeof globalThis) | null)?.KeyboardEvent ?? KeyboardEvent
}

/** True when the key was ours. Keys with a modifier, and keys meant for a field, are not. */
export function onKey(event: KeyboardEvent, actions: InputActions): boolean {
  if (event.altKey || event.metaKey || isField(event.target)) return false
  const whole = event.ctrlKey
  if (whole && event.key !== 'Home' && event.key !== 'End') return false
  const step = actions.scrolled() ? scrollStep(event.key, actions.vertical()) : undefined
  if (step !== undefined) {
    actions.nudge?.(step)
    return actions.nudge !== undefined
  }
  switch (event.key) {
    case 'ArrowLeft':
      actions.goLeft()
      return true
    case 'ArrowRight':
      actions.goRight()
      return true
    case 'ArrowDown':
    case 'PageDown':
      actions.next()
      return true
    case 'ArrowUp':
    case 'PageUp':
      actions.prev()
      return true
    case ' ':
      if (event.shiftKey) actions.prev()
      else actions.next()
      return true
    case 'Home':
      actions.start(whole)
      return true
    case 'End':
      actions.end(whole)
      return true
    default:
      return false
  }
}

/** The arrow keys along which scrolled text runs. */
function scrollStep(key: string, vertical: boolean): 1 | -1 | undefined {
  if (key === (vertical ? 'ArrowLeft' : 'ArrowDown')) return 1
  return key === (vertical ? 'ArrowRight' : 'ArrowUp') ? -1 : undefined
}

/** One notch or one flick is one page, however many events it sends. */
function wheelTurner(actions: InputActions): (event: WheelEvent) => void {
  let sum = 0
  let last = 0
  let spent = false
  return (event) => {
    if (event.ctrlKey) return
    const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
    const forward = delta > 0
    if (actions.scrolled() && !actions.atEdge(forward)) {
      sum = 0
      return
    }
    event.preventDefault()
    // Each frame's events count time from that frame's own beginning.
    const now = performance.now()
    if (now - last > WHEEL_REST_MS) {
      sum = 0
      spent = false
    }
    last = now
    sum += delta
    const threshold = actions.scrolled() ? WHEEL_STEP * 6 : WHEEL_STEP
    if (spent || Math.abs(sum) < threshold) return
    spent = true
    if (forward) actions.next()
    else actions.prev()
  }
}

/** The renderer follows fingers along the axis that pages lie on. Vertical text has its pages below each other: sideways is ours. */
function watchSwipes(document: Document, actions: InputActions): void {
  let start: Touch | undefined
  document.addEventListener('touchstart', ({ touches }) => {
    start = touches.length === 1 ? touches[0] : undefined
  })
  document.addEventListener('touchend', ({ changedTouches }) => {
    const end = changedTouches[0]
    const from = start
    start = undefined
    if (!from || !end || !actions.vertical() || actions.scrolled() || !document.getSelection()?.isCollapsed)
      return
    const [dx, dy] = [end.screenX - from.screenX, end.screenY - from.screenY]
    if (Math.abs(dx) < SWIPE_PIXELS || Math.abs(dx) < Math.abs(dy) * 1.5) return
    if (dx > 0) actions.goLeft()
    else actions.goRight()
  })
}

function isField(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement> | null
  return (
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(element?.tagName?.toUpperCase() ?? '') ||
    element?.isContentEditable === true
  )
}
