import type { SafePaginator } from '../security/safe-renderers.ts'
import type { Palette } from '../style/palette.ts'
import type { ReaderStyle } from '../style/reader-style.ts'
import type { Setting } from '../style/script-of.ts'
import { textRects } from './dom-range.ts'
import { linePitch } from './layout.ts'

/** How far a line may stand off the grid, in pixels. */
const TOLERANCE = 2
/** Lines looked at on a page. */
const SAMPLE = 60

/** Rules the page like paper for vertical writing, if what stands on it keeps to the lines. */
export function drawRules(
  renderer: SafePaginator,
  style: ReaderStyle,
  setting: Setting,
  palette: Palette,
  visible: Range | null,
): void {
  const wanted = style.rules && setting.vertical && !renderer.scrolled && style.font !== 'publisher'
  const pitch = linePitch(style, setting)
  const start = wanted && visible ? gridStart(renderer, visible, pitch, style.size) : undefined
  renderer.toggleAttribute('rules', start !== undefined)
  if (start === undefined) return
  renderer.style.setProperty('--pitch', `${pitch}px`)
  renderer.style.setProperty('--rule', palette.line)
  renderer.style.setProperty('--rule-edge', palette.edge)
  renderer.style.setProperty('--rule-start', `${start}px`)
}

/** Distance of the first line's edge from the right edge of the page; undefined when the lines do not stand on one grid. */
function gridStart(renderer: SafePaginator, visible: Range, pitch: number, size: number): number | undefined {
  const padding = Number.parseFloat(renderer.getAttribute('gap') ?? '') / 100
  const box = renderer.container.getBoundingClientRect()
  const start = (padding / (1 - padding)) * box.height
  const centres = textRects(visible)
    .filter((rect) => rect.width < size * 1.5 && rect.width > size * 0.8)
    .slice(0, SAMPLE)
    .map((rect) => box.width - start - (rect.left + rect.right) / 2)
  const off = centres.filter((centre) => {
    const rest = (((centre - pitch / 2) % pitch) + pitch) % pitch
    return Math.min(rest, pitch - rest) > TOLERANCE
  })
  return centres.length > 0 && off.length === 0 ? start : undefined
}
