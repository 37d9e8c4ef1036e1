import type { HighlightRect, ReaderStyle } from '../../../reader/engine/index.ts'
import type { Box } from './placement.ts'

export interface MarginSetting {
  /** The page, in pixels of the window. */
  readonly page: Box
  readonly vertical: boolean
  /** The right edge of the sheet, for formats that have one (PDF). */
  readonly sheetRight?: number
  readonly style: Pick<ReaderStyle, 'size' | 'measure' | 'spread' | 'margins' | 'flow'>
}

export interface MarginBox {
  readonly id: string
  readonly kind: 'note' | 'spot'
  /** In pixels of the window. */
  readonly left: number
  readonly top: number
  /** What it may take before the next one begins. */
  readonly height?: number
}

/** By DESIGN: 142 px wide, 28 px from the text; a dot of 9 px in a field of 24. */
const NOTE = { width: 142, gap: 28, least: 60, between: 12 } as const
const DOT = 24
/** Down from the page's edge to a dot over vertical text: it stands just above the frame around the lines. */
const HEAD = 16
/** The design's narrowest window with notes beside the text. */
const ROOM = 1100
/** The engine's own measure, of Latin or of Han, whichever is longer. In em. */
const WIDEST_AUTO = 34.4
const SIDES = [14, 40, 72, 112] as const

/** Where the notes of the highlights on screen stand: beside the column, none over another; dots where there is no room. */
export function layNotes(rects: readonly HighlightRect[], setting: MarginSetting): MarginBox[] {
  const { page, vertical } = setting
  const sorted = [...rects].sort((a, b) => a.rect.top - b.rect.top)
  if (vertical)
    return sorted.map(({ id, rect }) => dot(id, rect.left + rect.width / 2 - DOT / 2, page.top + HEAD))
  const edge = columnRight(setting)
  const room = page.left + page.width - edge >= NOTE.gap + NOTE.width + 8
  if (!room || page.width < ROOM - 420 || columnsOf(setting) === 2) {
    return sorted.map(({ id, rect }) => dot(id, dotLeft(rect, edge, setting), rect.top))
  }
  const bottom = page.top + page.height
  let free = page.top
  return sorted.map(({ id, rect }, index) => {
    const top = Math.max(rect.top, free)
    const next = sorted[index + 1]?.rect.top ?? bottom
    const height = Math.max(NOTE.least, Math.min(bottom, next) - top - NOTE.between)
    free = top + Math.min(height, NOTE.least) + NOTE.between
    return { id, kind: 'note', left: edge + NOTE.gap, top, height }
  })
}

/** Dots stand just outside the text, in the gutter for the left one of two columns. */
function dotLeft(rect: Box, edge: number, setting: MarginSetting): number {
  const { page } = setting
  const middle = page.left + page.width / 2
  if (columnsOf(setting) === 2 && rect.left + rect.width / 2 < middle) return middle - DOT / 2
  return Math.min(edge + 4, page.left + page.width - DOT)
}

/** As the engine decides: two pages side by side where lines stay long enough. */
function columnsOf({ page, style, sheetRight }: MarginSetting): 1 | 2 {
  const { spread, flow, size, margins } = style
  if (sheetRight !== undefined || spread !== 'double' || flow !== 'paginated') return 1
  return page.width >= 34 * size + 5 * SIDES[margins] && page.width > page.height ? 2 : 1
}

const dot = (id: string, left: number, top: number): MarginBox => ({ id, kind: 'spot', left, top })

function columnRight(setting: MarginSetting): number {
  const { page, sheetRight, style } = setting
  if (sheetRight !== undefined) return sheetRight
  const { size, measure, margins } = style
  const columns = columnsOf(setting)
  const line = (measure === 'auto' ? WIDEST_AUTO : measure) * size
  const wanted = columns * line + (columns - 1) * 2 * SIDES[margins]
  const side = Math.min(SIDES[margins], page.width * 0.055)
  return page.left + page.width / 2 + Math.min(wanted, page.width - 2 * side) / 2
}
