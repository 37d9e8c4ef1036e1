/** A figure at a moment; `null`: nothing could be said. */
export interface Point {
  readonly at: number
  readonly value: number | null
}

export interface TrendShape {
  /** SVG path of the line in a field of `WIDTH` by `HEIGHT`; broken where nothing is known. */
  readonly line: string
  /** The same, closed down to the ground. */
  readonly area: string
  /** Value at the upper edge. */
  readonly top: number
}

export const WIDTH = 240
export const HEIGHT = 44
export const SPAN_MS = 2 * 3_600_000
const STEPS = [1, 2, 5, 10]

/** The least of 1, 2, 5 × a power of ten that is not below it. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return power * (STEPS.find((step) => step * power >= value) ?? 10)
}

/** The last two hours of a figure. `top`: the scale is fixed, as for a share. */
export function trendShape(points: readonly Point[], now: number, top?: number): TrendShape {
  const shown = points.filter(({ at }) => at > now - SPAN_MS && at <= now)
  const most = Math.max(0, ...shown.map(({ value }) => value ?? 0))
  const scale = top ?? roundUp(most)
  const place = (at: number, value: number): [number, number] => [
    round(WIDTH * (1 - (now - at) / SPAN_MS)),
    round(HEIGHT * (1 - Math.min(1, value / scale))),
  ]
  const runs = runsOf(shown).map((run) => run.map(({ at, value }) => place(at, value)))
  const draw = (run: readonly [number, number][]) => run.map(([x, y]) => `${x} ${y}`).join('L')
  return {
    line: runs.map((run) => `M${draw(run.length === 1 ? [...run, ...run] : run)}`).join(''),
    area: runs.map((run) => `M${run[0]?.[0]} ${HEIGHT}L${draw(run)}L${run.at(-1)?.[0]} ${HEIGHT}Z`).join(''),
    top: scale,
  }
}

/** Stretches without a gap. */
function runsOf(points: readonly Point[]): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [[]]
  for (const { at, value } of points) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push({ at, value })
  }
  return runs.filter((run) => run.length > 0)
}

const round = (value: number): number => Math.round(value * 10) / 10
