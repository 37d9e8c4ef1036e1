import { normaliseQuads, type Quad } from '@stoa/locators'
import type { PDFPageProxy } from 'pdfjs-dist'

type Vector = readonly [x: number, y: number]

/** A text item of pdf.js and its place in the page's text. */
export interface Item {
  text: string
  /** UTF-16 offset in the page's text. */
  start: number
  /** Start of the baseline, in PDF user space. */
  origin: Vector
  /** Unit vectors along the line and upwards. */
  along: Vector
  up: Vector
  width: number
  height: number
}

/** Items on one baseline that follow each other. */
export interface Line {
  items: Item[]
  text: string
  x: number
  right: number
  y: number
  height: number
}

export interface PageLines {
  page: number
  lines: Line[]
  /** Bottom and top of the page in user space. */
  bottom: number
  top: number
}

/** The lines of a page in the order of its content. `page` counts from 0. */
export async function readLines(proxy: PDFPageProxy, page: number): Promise<PageLines> {
  const content = await proxy.getTextContent()
  const [, bottom = 0, , top = 0] = proxy.view
  const lines: Line[] = []
  let offset = 0
  let open = false
  for (const raw of content.items) {
    if (!('str' in raw)) continue
    if (raw.str !== '') {
      const item = toItem(raw.str, offset, raw.transform, raw.width, raw.height)
      const line = lines.at(-1)
      if (open && line && onLine(line, item)) extend(line, item)
      else lines.push(lineOf(item))
      open = true
    }
    offset += raw.str.length + (raw.hasEOL ? 1 : 0)
    if (raw.hasEOL) open = false
  }
  return { page, lines: lines.filter((line) => line.text.trim() !== ''), bottom, top }
}

function toItem(
  text: string,
  start: number,
  transform: readonly number[],
  width: number,
  height: number,
): Item {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform
  const along = unit([a, b], [1, 0])
  const up = unit([c, d], [0, 1])
  return { text, start, origin: [e, f], along, up, width, height: height || Math.hypot(c, d) }
}

function unit([x, y]: Vector, fallback: Vector): Vector {
  const length = Math.hypot(x, y)
  return length > 0 && Number.isFinite(length) ? [x / length, y / length] : fallback
}

function lineOf(item: Item): Line {
  const [x, y] = item.origin
  return { items: [item], text: item.text, x, right: x + item.along[0] * item.width, y, height: item.height }
}

function onLine(line: Line, item: Item): boolean {
  return Math.abs(line.y - item.origin[1]) < Math.max(line.height, item.height) * 0.6
}

function extend(line: Line, item: Item): void {
  line.items.push(item)
  line.text += item.text
  line.x = Math.min(line.x, item.origin[0])
  line.right = Math.max(line.right, item.origin[0] + item.along[0] * item.width)
  line.height = Math.max(line.height, item.text.trim() === '' ? 0 : item.height)
}

/** Below and above the baseline, as parts of the height. */
const descent = 0.22
const ascent = 0.8

/** The boxes of the text from `start` to `end`, offsets in the page's text: one per line. */
export function quadsOf({ lines }: PageLines, start: number, end: number): Quad[] {
  const quads: Quad[] = []
  for (const { items } of lines) {
    for (const item of items) {
      const from = Math.max(0, start - item.start)
      const to = Math.min(item.text.length, end - item.start)
      if (to > from) quads.push(quadOf(item, from / item.text.length, to / item.text.length))
    }
  }
  return normaliseQuads(quads)
}

function quadOf({ origin, along, up, width, height }: Item, from: number, to: number): Quad {
  const corner = (part: number, rise: number): Vector => [
    origin[0] + along[0] * width * part + up[0] * height * rise,
    origin[1] + along[1] * width * part + up[1] * height * rise,
  ]
  return [...corner(from, ascent), ...corner(to, ascent), ...corner(from, -descent), ...corner(to, -descent)]
}
