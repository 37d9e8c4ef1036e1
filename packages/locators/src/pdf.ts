import { LocatorError } from './errors.ts'

/** Eight numbers in PDF user space (points, y up): x,y of top left, top right, bottom left, bottom right (PDF-2). */
export type Quad = readonly [number, number, number, number, number, number, number, number]

/** In PDF user space: `bottom` < `top`. */
export interface PdfRect {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** The six numbers of a pdf.js viewport or PDF matrix. */
export type Matrix = readonly [number, number, number, number, number, number]

/** The quad of an upright box: top left, top right, bottom left, bottom right (PDF-2). */
export const quadFromRect = ({ left, bottom, right, top }: PdfRect): Quad => [
  left,
  top,
  right,
  top,
  left,
  bottom,
  right,
  bottom,
]

/** The box around a quad; any corner order. */
export function rectOfQuad(quad: Quad): PdfRect {
  const xs = [quad[0], quad[2], quad[4], quad[6]]
  const ys = [quad[1], quad[3], quad[5], quad[7]]
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
}

/** The box around all quads. Undefined for none. */
export function boundsOfQuads(quads: readonly Quad[]): PdfRect | undefined {
  const rects = quads.map(rectOfQuad)
  if (rects.length === 0) return undefined
  return {
    left: Math.min(...rects.map((rect) => rect.left)),
    bottom: Math.min(...rects.map((rect) => rect.bottom)),
    right: Math.max(...rects.map((rect) => rect.right)),
    top: Math.max(...rects.map((rect) => rect.top)),
  }
}

/**
 * PDF-3: upright quads in reading order of the corners (whatever order the file had), empty ones dropped, pieces of one line
 * joined, rounded to a hundredth of a point.
 */
export function normaliseQuads(quads: readonly Quad[]): Quad[] {
  const lines: PdfRect[] = []
  for (const quad of quads) {
    const rect = rectOfQuad(quad)
    if (rect.right - rect.left < 0.01 || rect.top - rect.bottom < 0.01) continue
    const last = lines.at(-1)
    if (last !== undefined && sameLine(last, rect)) lines[lines.length - 1] = union(last, rect)
    else lines.push(rect)
  }
  return lines.map((line) => roundQuad(quadFromRect(line)))
}

/** Corners mapped by a matrix, e.g. pdf.js `viewport.transform` for user space → CSS pixels. */
export function transformQuad(quad: Quad, m: Matrix): Quad {
  const x = (i: 0 | 2 | 4 | 6) => m[0] * quad[i] + m[2] * corner(quad, i) + m[4]
  const y = (i: 0 | 2 | 4 | 6) => m[1] * quad[i] + m[3] * corner(quad, i) + m[5]
  return [x(0), y(0), x(2), y(2), x(4), y(4), x(6), y(6)]
}

/** @throws LocatorError `locator.invalid_pdf` when the matrix has no inverse. */
export function invert(m: Matrix): Matrix {
  const determinant = m[0] * m[3] - m[1] * m[2]
  if (determinant === 0) throw new LocatorError('locator.invalid_pdf', 'The matrix cannot be inverted.')
  return [
    m[3] / determinant,
    -m[1] / determinant,
    -m[2] / determinant,
    m[0] / determinant,
    (m[2] * m[5] - m[3] * m[4]) / determinant,
    (m[1] * m[4] - m[0] * m[5]) / determinant,
  ]
}

/** Whether a value from outside is eight finite numbers. */
export function isQuad(value: unknown): value is Quad {
  return (
    Array.isArray(value) &&
    value.length === 8 &&
    value.every((n) => typeof n === 'number' && Number.isFinite(n))
  )
}

function corner(quad: Quad, i: 0 | 2 | 4 | 6): number {
  return quad[i === 0 ? 1 : i === 2 ? 3 : i === 4 ? 5 : 7]
}

/** Overlapping by more than half their height and no further apart than one height. */
function sameLine(a: PdfRect, b: PdfRect): boolean {
  const height = Math.min(a.top - a.bottom, b.top - b.bottom)
  const overlap = Math.min(a.top, b.top) - Math.max(a.bottom, b.bottom)
  const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right)
  return overlap > height / 2 && gap < height
}

function union(a: PdfRect, b: PdfRect): PdfRect {
  return {
    left: Math.min(a.left, b.left),
    bottom: Math.min(a.bottom, b.bottom),
    right: Math.max(a.right, b.right),
    top: Math.max(a.top, b.top),
  }
}

function roundQuad(quad: Quad): Quad {
  const round = (n: number) => Math.round(n * 100) / 100
  const [a, b, c, d, e, f, g, h] = quad
  return [round(a), round(b), round(c), round(d), round(e), round(f), round(g), round(h)]
}
