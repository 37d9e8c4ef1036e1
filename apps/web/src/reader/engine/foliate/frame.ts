import type { FootnoteDetail, ViewEvents } from '../book-view.ts'
import type { Emitter } from '../emitter.ts'
import { screenRect } from './dom-range.ts'
import type { FoliateBook } from './foliate-types.ts'
import type { Highlights } from './highlights.ts'
import type { InputWatch } from './input.ts'
import { resolveLink } from './links.ts'
import type { Progress } from './progress.ts'
import type { Sections } from './sections.ts'
import { describeSelection, watchSelection } from './selection.ts'

/** What a section's document needs of the view it is shown in. */
export interface FrameHost {
  readonly book: FoliateBook
  readonly sections: Sections
  readonly progress: Progress
  readonly emitter: Emitter<ViewEvents>
  readonly highlights: Highlights
  readonly input: InputWatch
  readonly host: HTMLElement
  /** Names the frame for assistive technology. */
  readonly title: string
  onLink(href: string): void
}

/** Listens to a document that was just put on screen. */
export function attachFrame(document: Document, index: number, host: FrameHost): void {
  const frame = document.defaultView?.frameElement
  if (frame) frame.setAttribute('title', host.title)
  host.input.watch(document)
  passKeysOn(document, host.host)
  watchTaps(document, index, host)
  watchActivity(document, host.emitter)
  watchSelection(
    document,
    (range) => {
      const view = host.host.getBoundingClientRect()
      const shareOf = (section: number, inside: number) => host.progress.at(section, inside).start
      return describeSelection(host.sections, index, document, range, view, shareOf)
    },
    (detail) => host.emitter.emit('selection', detail),
  )
}

/** Several a second say no more than one. */
const ACTIVITY_MS = 250

function watchActivity(document: Document, emitter: Emitter<ViewEvents>): void {
  let last = Number.NEGATIVE_INFINITY
  const tell = (event: Event) => {
    if (event.timeStamp - last < ACTIVITY_MS) return
    last = event.timeStamp
    const moved = event.type === 'pointermove' && pointerOf(event as MouseEvent) === 'mouse'
    emitter.emit('activity', { pointer: moved ? 'mouse' : 'other' })
  }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel'])
    document.addEventListener(type, tell, { passive: true })
}

const MOVED = 6

/** Clicks and taps in a section: links, highlights, pictures, and the empty page, in that order. */
function watchTaps(document: Document, index: number, host: FrameHost): void {
  let down: { x: number; y: number; selected: boolean } | undefined
  document.addEventListener('pointerdown', ({ clientX, clientY }) => {
    down = { x: clientX, y: clientY, selected: document.getSelection()?.isCollapsed === false }
  })
  document.addEventListener('click', (event) => {
    const target = event.target as Element | null
    const link = target?.closest?.('a[href], [*|href]:not(image, use, link)') ?? undefined
    if (link?.localName === 'a') {
      event.preventDefault()
      void followLink(link, index, host)
      return
    }
    const moved = down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > MOVED
    if (moved || down?.selected || document.getSelection()?.isCollapsed === false) return
    tapped(event, target, document, index, host)
  })
}

function tapped(
  event: MouseEvent,
  target: Element | null,
  document: Document,
  index: number,
  { emitter, highlights, host }: FrameHost,
): void {
  const box = host.getBoundingClientRect()
  const marked = highlights.hit(index, event.clientX, event.clientY)
  const markedRect = marked && screenRect(marked.rects, document, box)
  const image = target?.closest?.('img, svg')
  const imageRect = image && screenRect([image.getBoundingClientRect()], document, box)
  const picture = image && pictureOf(image)
  const point = screenRect([new DOMRect(event.clientX, event.clientY, 1, 1)], document, box)
  if (marked && markedRect) emitter.emit('highlight-tap', { id: marked.id, rect: markedRect })
  else if (picture && imageRect) emitter.emit('image', { ...picture, rect: imageRect })
  else if (point) {
    const x = (point.left - box.left) / box.width
    const y = (point.top - box.top) / box.height
    emitter.emit('tap', { x, y, pointer: pointerOf(event) })
  }
}

/** Clicks are pointer events, of the frame's own class. */
export function pointerOf(event: MouseEvent): string {
  return ('pointerType' in event && String(event.pointerType)) || 'mouse'
}

/** An SVG that wraps one picture (covers mostly) stands for it. */
function pictureOf(element: Element): { src: string; alt: string } | undefined {
  const inner = element.localName === 'svg' ? element.querySelector('image') : element
  const src = inner?.getAttribute('src') ?? inner?.getAttribute('href') ?? inner?.getAttribute('xlink:href')
  return src ? { src, alt: element.getAttribute('alt') ?? '' } : undefined
}

async function followLink(
  link: Element,
  index: number,
  { book, sections, emitter, host, onLink }: FrameHost,
) {
  const target = await resolveLink(book, sections, link, index)
  if (target.kind === 'external') emitter.emit('link-external', { url: target.url })
  else if (target.kind === 'internal') onLink(target.href)
  else if (target.kind === 'note') {
    const box = host.getBoundingClientRect()
    const visible = screenRect(Array.from(link.getClientRects()), link.ownerDocument, box)
    const rect: FootnoteDetail['rect'] = visible ?? { left: box.left, top: box.top, width: 0, height: 0 }
    const focusReference = () => (link as HTMLElement).focus({ preventScroll: true })
    emitter.emit('footnote', { ...target.note, rect, focusReference })
  }
}

/** Keys that are not the reader's go on to the app, whose shortcuts must work with the focus in the book. */
function passKeysOn(document: Document, to: HTMLElement): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return
    const { key, code, ctrlKey, shiftKey, altKey, metaKey, repeat } = event
    const copy = new KeyboardEvent('keydown', {
      key,
      code,
      ctrlKey,
      shiftKey,
      altKey,
      metaKey,
      repeat,
      bubbles: true,
      cancelable: true,
    })
    if (!to.dispatchEvent(copy)) event.preventDefault()
  })
}
