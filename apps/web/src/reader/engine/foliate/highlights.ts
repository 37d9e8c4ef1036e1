import type { Locator } from '@stoa/locators'
import type { Highlight, HighlightColor, HighlightRect, HighlightStatus } from '../book-view.ts'
import { HighlightAnchors } from '../highlight-anchors.ts'
import type { Palette } from '../style/palette.ts'
import { screenRect } from './dom-range.ts'
import type { Overlay, Paint } from './overlay.ts'
import type { Sections } from './sections.ts'

const HIGHLIGHT = 'highlight:'
const MARK = 'mark:'

/** Paints highlights and search marks over the sections on screen. */
export class Highlights {
  readonly #sections: Sections
  readonly #anchors: HighlightAnchors
  readonly #overlays = new Map<number, Overlay>()
  #palette: Palette
  #marks: readonly Locator[] = []

  constructor(sections: Sections, palette: Palette, report: (status: HighlightStatus) => void) {
    this.#sections = sections
    this.#palette = palette
    this.#anchors = new HighlightAnchors(sections, (section) => this.#paint(section), report)
  }

  attach(index: number, overlay: Overlay): void {
    this.#overlays.set(index, overlay)
    this.#paint(index)
  }

  detach(index: number): void {
    this.#overlays.delete(index)
  }

  recolour(palette: Palette): void {
    this.#palette = palette
    for (const index of this.#overlays.keys()) this.#paint(index)
  }

  set(highlights: readonly Highlight[]): Promise<HighlightStatus[]> {
    return this.#anchors.set(highlights)
  }

  setMarks(locators: readonly Locator[]): void {
    this.#marks = locators
    for (const index of this.#overlays.keys()) this.#paint(index)
  }

  /** The highlight at a point of a section's frame. */
  hit(index: number, x: number, y: number): { id: string; rects: readonly DOMRect[] } | undefined {
    const overlay = this.#overlays.get(index)
    const key = overlay?.hit(x, y, (each) => each.startsWith(HIGHLIGHT))
    return key && overlay ? { id: key.slice(HIGHLIGHT.length), rects: overlay.rectsOf(key) } : undefined
  }

  /** The highlights inside the box of the view. */
  visible(view: DOMRect): HighlightRect[] {
    return [...this.#overlays.values()].flatMap((overlay) =>
      overlay
        .keys()
        .filter((key) => key.startsWith(HIGHLIGHT))
        .flatMap((key) => {
          const rect = screenRect(overlay.rectsOf(key), overlay.document, view)
          return rect ? [{ id: key.slice(HIGHLIGHT.length), rect }] : []
        }),
    )
  }

  #paint(index: number): void {
    const overlay = this.#overlays.get(index)
    if (!overlay) return
    this.#anchors.settle(this.#sections.live(overlay.document, index))
    for (const key of overlay.keys()) overlay.remove(key)
    const add = (key: string, locator: Locator, paint: Paint) => {
      const range = this.#sections.rangeIn(overlay.document, locator)
      if (range) overlay.add(key, range, paint)
    }
    for (const { highlight, locator } of this.#anchors.in(index)) {
      add(HIGHLIGHT + highlight.id, locator, this.#wash(highlight.color))
    }
    const marks = this.#marks.filter((locator) => this.#sections.indexOf(locator) === index)
    for (const [i, locator] of marks.entries()) {
      add(MARK + i, locator, { kind: 'outline', color: this.#palette.accent, blend: 'normal' })
    }
  }

  #wash(color: HighlightColor): Paint {
    const blend = this.#palette.theme === 'dark' ? 'lighten' : 'multiply'
    return { kind: 'wash', color: this.#palette.highlights[color], blend }
  }
}
