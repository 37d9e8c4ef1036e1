/** A bare page around the engine, for its browser tests and for trying books by hand: drop a file on it. Not in any build. */
import '@stoa/ui/fonts.css'
import '@stoa/ui/tokens.css'
import {
  type BookFormat,
  type BookView,
  createBookView,
  type OpenOptions,
  type ViewEvents,
} from '../index.ts'
import { documentsOf, edgesOf } from './edges.ts'

type Recorded = {
  [K in keyof ViewEvents]: { readonly type: K; readonly detail: ViewEvents[K] }
}[keyof ViewEvents]

const EVENTS = [
  'relocate',
  'selection',
  'footnote',
  'link-external',
  'highlight-tap',
  'highlight-status',
  'tap',
  'image',
  'load',
  'history',
  'error',
] as const satisfies readonly (keyof ViewEvents)[]

const PATIENCE_MS = 10_000

const harness = {
  view: undefined as BookView | undefined,
  events: [] as Recorded[],

  /** Opens a book by address or bytes in place of the last one. */
  async open(source: string | Blob, format: BookFormat, options: OpenOptions = {}): Promise<BookView> {
    harness.view?.destroy()
    harness.events = []
    const blob = typeof source === 'string' ? await (await fetch(source)).blob() : source
    const view = await createBookView(format)
    harness.view?.destroy()
    harness.view = view
    for (const type of EVENTS) {
      view.on(type, (detail) => harness.events.push({ type, detail } as Recorded))
    }
    document.getElementById('stage')?.append(view.element)
    await view.open(blob, options)
    return view
  },

  /** Takes the first event of a type, waiting for it. */
  async event(type: keyof ViewEvents): Promise<unknown> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const at = harness.events.findIndex((event) => event.type === type)
      if (at >= 0) return harness.events.splice(at, 1)[0]?.detail
      if (performance.now() > until) throw new Error(`No “${type}” event came.`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  },

  /** Waits until fonts are there and two frames passed without a change of place. */
  async settled(): Promise<void> {
    await Promise.all(documentsOf(harness.view).map(({ document }) => document.fonts.ready))
    for (let calm = 0; calm < 2; ) {
      const before = harness.events.length
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)))
      calm = harness.events.length === before ? calm + 1 : 0
    }
  },

  edgesOf: (words: string) => edgesOf(harness.view, words),
}

declare global {
  interface Window {
    harness: typeof harness
  }
}
window.harness = harness

document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  const file = event.dataTransfer?.files[0]
  const format = file?.name.split('.').at(-1)?.toLowerCase()
  if (file && format) void harness.open(file, format as BookFormat)
})
