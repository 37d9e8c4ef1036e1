import { joinLines, textRects } from './dom-range.ts'

const SVG = 'http://www.w3.org/2000/svg'

interface Painted {
  readonly range: Range
  readonly paint: Paint
  rects: DOMRect[]
  element: SVGElement
}

/** How a passage is painted: a wash under the text, or an outline. */
export interface Paint {
  readonly kind: 'wash' | 'outline'
  readonly color: string
  /** How the wash meets the text beneath: `multiply` on light paper, `lighten` on dark. */
  readonly blend: 'multiply' | 'lighten' | 'normal'
}

/** The layer over one section that highlights are painted on; the renderer places it and asks it to redraw. */
export class Overlay {
  readonly element: SVGElement = document.createElementNS(SVG, 'svg')
  readonly document: Document
  readonly #painted = new Map<string, Painted>()
  readonly #vertical: boolean

  constructor(frame: Document, vertical: boolean) {
    this.document = frame
    this.#vertical = vertical
    Object.assign(this.element.style, {
      position: 'absolute',
      top: '0',
      left: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
    })
  }

  add(key: string, range: Range, paint: Paint): void {
    this.remove(key)
    const painted: Painted = { range, paint, rects: [], element: document.createElementNS(SVG, 'g') }
    this.#painted.set(key, painted)
    this.element.append(painted.element)
    this.#draw(painted)
  }

  remove(key: string): void {
    this.#painted.get(key)?.element.remove()
    this.#painted.delete(key)
  }

  keys(): string[] {
    return [...this.#painted.keys()]
  }

  rectsOf(key: string): readonly DOMRect[] {
    return this.#painted.get(key)?.rects ?? []
  }

  /** Called by the renderer whenever text has moved. */
  redraw(): void {
    for (const painted of this.#painted.values()) this.#draw(painted)
  }

  /** The latest passage at this point of the frame. */
  hit(x: number, y: number, accepts: (key: string) => boolean): string | undefined {
    return [...this.#painted].findLast(
      ([key, { rects }]) =>
        accepts(key) &&
        rects.some((rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom),
    )?.[0]
  }

  #draw(painted: Painted): void {
    const { range, paint, element } = painted
    painted.rects = joinLines(textRects(range), this.#vertical)
    element.style.mixBlendMode = paint.blend
    element.replaceChildren(...painted.rects.map((rect) => this.#box(rect, paint)))
  }

  #box(rect: DOMRect, { kind, color }: Paint): SVGElement {
    const box = document.createElementNS(SVG, 'rect')
    const [x, y] = this.#vertical ? [1, 0] : [0, 1]
    const attributes = {
      x: rect.left - x,
      y: rect.top - y,
      width: rect.width + 2 * x,
      height: rect.height + 2 * y,
      rx: kind === 'wash' ? 1.5 : 3,
    }
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value.toFixed(1))
    box.setAttribute('fill', color)
    if (kind === 'outline') {
      box.setAttribute('fill-opacity', '.12')
      box.setAttribute('stroke', color)
      box.setAttribute('stroke-width', '1.5')
    }
    return box
  }
}

/** Lays an overlay over a fixed page, whose frame is scaled and knows no overlays; follows it when the scale changes. */
export function placeOverFrame(overlay: Overlay): void {
  const frame = overlay.document.defaultView?.frameElement
  const holder = frame?.parentElement
  if (!(frame instanceof HTMLElement) || !holder) return
  const follow = () => {
    const { width, height, transform, transformOrigin } = frame.style
    Object.assign(overlay.element.style, { width, height, transform, transformOrigin })
    overlay.redraw()
  }
  holder.style.position = 'relative'
  holder.append(overlay.element)
  new MutationObserver(follow).observe(frame, { attributes: true, attributeFilter: ['style'] })
  follow()
}
