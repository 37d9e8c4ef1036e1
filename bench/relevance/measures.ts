/** Normalised discounted cumulative gain of the first ten: 1 when every relevant passage comes first (Järvelin 2002). */
export function ndcg10(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  const gain = (places: readonly number[]) => places.reduce((sum, place) => sum + 1 / Math.log2(place + 2), 0)
  const found = ranked.slice(0, 10).flatMap((place, index) => (relevant.has(place) ? [index] : []))
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, index) => index)
  return ideal.length === 0 ? 0 : gain(found) / gain(ideal)
}

/** Share of the relevant passages among the first twenty. */
export function recall20(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  return ranked.slice(0, 20).filter((place) => relevant.has(place)).length / Math.max(1, relevant.size)
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
