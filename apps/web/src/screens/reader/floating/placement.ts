/** In pixels of the window. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const GAP = 10
const EDGE = 8

/**
 * Where a bar of a size stands: above what it is for, centred; below where there is no room above; else over it. Always
 * inside the bounds.
 */
export function placeNear(
  target: Box,
  size: { readonly width: number; readonly height: number },
  bounds: Box,
): { readonly left: number; readonly top: number } {
  const right = bounds.left + bounds.width - size.width - EDGE
  const wanted = target.left + target.width / 2 - size.width / 2
  const left = Math.max(bounds.left + EDGE, Math.min(wanted, right))
  const [highest, lowest] = [bounds.top + EDGE, bounds.top + bounds.height - size.height - EDGE]
  const above = target.top - size.height - GAP
  const below = target.top + target.height + GAP
  if (above >= highest) return { left, top: Math.min(above, lowest) }
  if (below <= lowest) return { left, top: Math.max(below, highest) }
  return { left, top: Math.max(highest, Math.min(target.top + GAP, lowest)) }
}
