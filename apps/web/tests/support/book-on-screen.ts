import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Point = readonly [x: number, y: number]

/** Whether these words stand on the page one sees, with nothing over them; the pages before and after lie beside it, cut off. */
export const sees = (page: Page, words: string): Promise<boolean> =>
  edgesOf(page, words).then(
    ({ start }) => page.evaluate(isOnPage, start),
    () => false,
  )

/** Runs in the page. */
async function isOnPage([x, y]: Point): Promise<boolean> {
  if (!(document.elementFromPoint(x, y)?.closest('.book-host') instanceof Element)) return false
  const renderer = document.querySelector('.book-view')?.firstElementChild as
    | { getContents?(): { doc: Document }[] }
    | null
    | undefined
  if (!renderer?.getContents) return true
  for (const { doc } of renderer.getContents()) {
    const frame = doc.defaultView?.frameElement?.getBoundingClientRect()
    if (!frame) continue
    // Both are told in pixels of the frame.
    const [left, top] = [x - frame.left, y - frame.top]
    const text = doc.elementFromPoint(left, top)
    if (!text) continue
    let told = false
    const shown = await new Promise<DOMRectReadOnly | undefined>((resolve) => {
      new IntersectionObserver(([entry], observer) => {
        observer.disconnect()
        told = true
        resolve(entry?.intersectionRect)
      }).observe(text)
      // Of a section that is taken away meanwhile nothing is ever told.
      const look = () => {
        if (!doc.defaultView) resolve(undefined)
        else if (!told) requestAnimationFrame(look)
      }
      look()
    })
    if (shown && left >= shown.left && left <= shown.right && top >= shown.top && top <= shown.bottom)
      return true
  }
  return false
}

/** A point in the first character, in pixels of the window; `undefined` when the words are not there. */
export const pointOf = (page: Page, words: string): Promise<Point | undefined> =>
  edgesOf(page, words).then(
    ({ start }) => start,
    () => undefined,
  )

/** Waits until a book that is being opened stands there and takes keys: it is given the focus once all around it listens. */
export async function untilOpen(page: Page): Promise<void> {
  await page.locator('.scrub').waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('.book-host') != null)
}

/** Selects words of the book with the mouse. */
export async function selectWords(page: Page, words: string): Promise<void> {
  await atRest(page)
  const { start, end } = await edgesOf(page, words)
  await drag(page, start, end)
}

/** Clicks the beginning of words on screen; with `after`, of those that come next after these. */
export async function clickWords(page: Page, words: string, after = ''): Promise<void> {
  await atRest(page)
  const [x, y] = (await edgesOf(page, words, after)).start
  await page.mouse.click(x + 3, y)
}

/** Turns pages with the keyboard until these words stand on the page. */
export async function readUntil(page: Page, words: string, key = 'ArrowRight'): Promise<void> {
  await atRest(page)
  for (let turn = 0; turn < 80 && !(await sees(page, words)); turn++) {
    const before = await page.evaluate(footUnless, undefined)
    await page.keyboard.press(key)
    await page.waitForFunction(footUnless, before)
    await page.evaluate(untilAtRest)
  }
  if (!(await sees(page, words))) throw new Error(`read on and on, but “${words}” did not come`)
}

/**
 * Reads to these words and selects them, until the bar stands beside them. Type that arrives just now lays the pages out
 * anew: the words may stand on another one, or move under the mouse.
 */
export async function readAndSelect(page: Page, words: string): Promise<void> {
  const bar = page.locator('.selbar')
  const isSelected = async () => {
    await readUntil(page, words)
    await selectWords(page, words)
    return bar.waitFor({ timeout: 1_500 }).then(
      () => true,
      () => false,
    )
  }
  await readUntil(page, words)
  await expect.poll(isSelected).toBe(true)
}

/** Runs in the page: where one is, unless it is still `before`. The time left also changes when one's speed is learnt. */
function footUnless(before: string | undefined): string | undefined {
  const scrub = document.querySelector('.scrub')
  const foot = [
    scrub?.querySelector('.begin > .num')?.textContent,
    scrub?.querySelector('.pages')?.textContent,
    scrub?.querySelector('.ln .fill')?.getAttribute('style'),
  ].join()
  return foot === before ? undefined : foot
}

/**
 * Runs in the page: a page that is being turned is half on screen, and the place at its foot is told before it has arrived. Type that
 * arrives late lays it out once more.
 */
async function untilAtRest(): Promise<void> {
  const renderer = document.querySelector('.book-view')?.firstElementChild as
    | { getContents?(): { doc: Document }[] }
    | null
    | undefined
  const documents = () => (renderer?.getContents?.() ?? []).map(({ doc }) => doc)
  const places = () =>
    documents()
      .map((doc) => doc.defaultView?.frameElement?.getBoundingClientRect())
      .map((box) => `${box?.x} ${box?.y}`)
      .join()
  const isWaiting = () => documents().some((doc) => doc.fonts.status === 'loading')
  for (let last = ''; last !== places() || isWaiting(); ) {
    last = places()
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }
}

/** Where one is, as the foot of the page tells it: the share of the book, and the page of the chapter where it has several. */
export async function placeOf(page: Page): Promise<string> {
  const parts = page.locator('.scrub').locator('.begin > .num, .pages')
  await parts.first().waitFor()
  return (await parts.allTextContents()).join(' · ')
}

/** Waits until the page on screen lies still. */
export const atRest = (page: Page): Promise<void> => page.evaluate(untilAtRest)

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Boxes of the outline that stands around a passage one was led to, in pixels of the window. */
export const outlined = (page: Page): Promise<Box[]> => drawnBoxes(page, 'rect[stroke]', '.pdf-mark')

/** Boxes of the highlights in a book that flows, in pixels of the window. */
export const marked = (page: Page): Promise<Box[]> => drawnBoxes(page, 'rect:not([stroke])')

/** What is drawn over the text: in a book that flows, by a selector of its overlay; in a PDF, by one of the page. */
function drawnBoxes(page: Page, flowing: string, pdf?: string): Promise<Box[]> {
  const read = ({ flowing, pdf }: { flowing: string; pdf: string | undefined }) => {
    type Section = { doc: Document; overlayer?: { element: SVGElement } }
    const renderer = document.querySelector('.book-view')?.firstElementChild as
      | { getContents?(): Section[] }
      | null
      | undefined
    const boxes = renderer?.getContents
      ? renderer
          .getContents()
          .flatMap(({ overlayer }) => [...(overlayer?.element.querySelectorAll(flowing) ?? [])])
      : [...(pdf === undefined ? [] : document.querySelectorAll(pdf))]
    return boxes.map((box) => {
      const { x, y, width, height } = box.getBoundingClientRect()
      return { x, y, width, height }
    })
  }
  return page.evaluate(read, { flowing, pdf })
}

/** Points inside the first and last character, in pixels of the window. The book's frames run no scripts; the page looks into them. */
async function edgesOf(page: Page, words: string, after = ''): Promise<{ start: Point; end: Point }> {
  const found = await page.evaluate(
    ({ words, after }) => {
      const host = document.querySelector('.book-host')
      const renderer = host?.querySelector('.book-view')?.firstElementChild as
        | { getContents?(): { doc: Document }[] }
        | null
        | undefined
      const documents = renderer?.getContents?.().map(({ doc }) => doc) ?? [document]
      for (const each of documents) {
        const root = each === document ? host : (each.body ?? each.documentElement)
        if (!root) continue
        const walker = each.createTreeWalker(root, NodeFilter.SHOW_TEXT)
        const nodes: { node: Node; start: number }[] = []
        let text = ''
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.parentElement?.closest('rt, rp, style, script')) continue
          nodes.push({ node, start: text.length })
          text += node.nodeValue ?? ''
        }
        const from = text.indexOf(after)
        const at = from < 0 ? -1 : text.indexOf(words, from + after.length)
        const first = nodes.findLast(({ start }) => start <= at)
        const last = nodes.findLast(({ start }) => start <= at + words.length - 1)
        if (at < 0 || !first || !last) continue
        const range = each.createRange()
        range.setStart(first.node, at - first.start)
        range.setEnd(last.node, at + words.length - last.start)
        const frame = each.defaultView?.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 }
        const vertical = each.defaultView?.getComputedStyle(root).writingMode.startsWith('vertical')
        const rects = Array.from(range.getClientRects()).filter(
          ({ width, height }) => width > 0 && height > 0,
        )
        const [a, b] = [rects[0], rects.at(-1)]
        if (!a || !b) continue
        const point = (x: number, y: number): [number, number] => [frame.left + x, frame.top + y]
        return vertical
          ? {
              start: point((a.left + a.right) / 2, a.top + 1),
              end: point((b.left + b.right) / 2, b.bottom - 1),
            }
          : {
              start: point(a.left + 1, (a.top + a.bottom) / 2),
              end: point(b.right - 1, (b.top + b.bottom) / 2),
            }
      }
      return undefined
    },
    { words, after },
  )
  if (!found) throw new Error(`“${words}” is not on screen.`)
  return found
}

/** By the protocol itself: Playwright's own drag waits for ever in a frame whose scripts are off. */
async function drag(page: Page, start: Point, end: Point): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Point) =>
    session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 })
  await mouse('mousePressed', start)
  for (const part of [0.25, 0.5, 0.75, 1])
    await mouse('mouseMoved', [start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part])
  await mouse('mouseReleased', end)
  await session.detach()
}
