import { HEAD_PIXELS, type ReaderStyle } from '../style/reader-style.ts'
import { leadingFor, measureFor, type Setting } from '../style/script-of.ts'

/** Attributes of the reflowable renderer. Its box has a percentage gap, from which it makes paddings; see `gapShare`. */
export type LayoutAttributes = Readonly<
  Record<'flow' | 'gap' | 'margin' | 'max-inline-size' | 'max-block-size' | 'max-column-count', string>
>

export interface Box {
  readonly width: number
  readonly height: number
}

const SIDE_PIXELS = [14, 40, 72, 112] as const
const SIDE_SHARE = [0.035, 0.055, 0.09, 0.13] as const
/** A column narrower than this is not worth a second one beside it. In em. */
const NARROWEST_PAIR = { auto: 25, double: 17, single: Number.POSITIVE_INFINITY } as const

/** Lines of a comfortable length in a box of this size, in one column or two. */
export function layoutFor(box: Box, style: ReaderStyle, setting: Setting): LayoutAttributes {
  const side = Math.min(SIDE_PIXELS[style.margins], box.width * SIDE_SHARE[style.margins])
  const head = Math.round(Math.min(HEAD_PIXELS[style.margins], box.height * 0.07))
  const line = measureFor(style.measure, setting) * style.size
  if (setting.vertical) return verticalLayout(box, style, setting, { side, head, line })
  if (style.flow === 'scrolled') {
    return attributes(style, gapShare(side, box.width), head, line, 1440, 1)
  }
  const pair = 2 * NARROWEST_PAIR[style.spread] * style.size + 5 * side
  const columns = box.width >= pair && box.width > box.height ? 2 : 1
  const gap = 2 * side
  const wanted = columns * (line + gap)
  const share = gapShare(gap, wanted)
  if (wanted <= box.width * (1 - share))
    return attributes(style, share, head, wanted / columns, 1440, columns)
  const narrow = (columns === 2 ? 1.5 * side : side) / box.width
  return attributes(style, narrow, head, line + narrow * box.width, 1440, columns)
}

/**
 * Columns of characters: a whole number of characters down and of lines across, so that no page ends in a sliver and full
 * lines need no stretching.
 */
function verticalLayout(
  box: Box,
  style: ReaderStyle,
  setting: Setting,
  { side, head, line }: { readonly side: number; readonly head: number; readonly line: number },
): LayoutAttributes {
  const pitch = linePitch(style, setting)
  if (style.flow === 'scrolled') {
    const down = Math.floor(Math.min(line, box.height - 3 * head) / style.size) * style.size
    return attributes(style, gapShare(side, box.height), head, down, 1440, 1)
  }
  const down = Math.floor(Math.min(line, box.height - 3 * head) / style.size) * style.size
  const height = down + head
  const padding = Math.min(side, 24)
  const share = gapShare(padding, height)
  const across = Math.floor((box.width * (1 - share) - 2 * padding) / pitch) * pitch
  return attributes(style, share, head, height, across + 2 * padding, 1)
}

/** Distance from line to line, in whole pixels where lines stand on a grid. */
export function linePitch(style: ReaderStyle, setting: Setting): number {
  return style.size * leadingFor(style.leading, setting)
}

/** The renderer turns share g of a box of size s into g/(1−g)·s pixels; this is its inverse. */
function gapShare(pixels: number, size: number): number {
  return pixels / (size + pixels)
}

function attributes(
  style: ReaderStyle,
  share: number,
  margin: number,
  inline: number,
  block: number,
  columns: number,
): LayoutAttributes {
  return {
    flow: style.flow,
    gap: `${(share * 100).toFixed(4)}%`,
    margin: `${margin}px`,
    'max-inline-size': `${inline.toFixed(2)}px`,
    'max-block-size': `${block.toFixed(2)}px`,
    'max-column-count': String(columns),
  }
}
