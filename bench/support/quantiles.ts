/** Runs `act` so many times and gives milliseconds, the first tries left out. */
export async function timed(times: number, act: (index: number) => Promise<unknown>): Promise<number[]> {
  const warmUp = Math.min(5, times)
  for (let index = 0; index < warmUp; index++) await act(index)
  const taken: number[] = []
  for (let index = 0; index < times; index++) {
    const started = performance.now()
    await act(index)
    taken.push(performance.now() - started)
  }
  return taken
}

/** The value below which this share of them lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}
