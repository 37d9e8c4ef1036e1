/** One figure of one benchmark (ARCHITECTURE.md §6). */
export interface Row {
  bench: string
  /** What was measured, e.g. `200,000 passages, one word`. */
  case: string
  /** Of what, e.g. `p95`. */
  metric: string
  value: number
  /** e.g. `ms`, `MB`, `per s`. */
  unit: string
  /** Who else was measured in the same run, if anyone. */
  peer: string | null
  peerValue: number | null
  /** Ours ÷ the peer's. */
  ratio: number | null
  /** How many times it was repeated with different seeds, or the seeds. */
  seeds: number
  machine: string
  commit: string
  /** UTC, RFC 3339. */
  date: string
}

/** What a benchmark gives; the runner adds where, when, and the ratio. */
export type Figure = Pick<Row, 'case' | 'metric' | 'value' | 'unit'> &
  Partial<Pick<Row, 'peer' | 'peerValue' | 'seeds'>>

/** What `bench/NAME/run.ts` is called with. */
export interface BenchOptions {
  /** Small numbers that show that it works, in seconds. Such figures are printed, not kept. */
  quick: boolean
  /** How many of what a benchmark is mainly about, where it can be told; its cases name the number. */
  size?: number | undefined
  /** Parts whose name holds this are measured, the others not; of benchmarks that export `parts`. */
  only?: string | undefined
  log(line: string): void
}

/** What `bench/NAME/run.ts` exports as `run`. */
export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>

/** What `bench/NAME/run.ts` exports. */
export interface BenchModule {
  readonly run: Bench
  /** Whether it can be measured in part. */
  readonly parts?: boolean
}

/** Where and when a run took place. */
export type Occasion = Pick<Row, 'machine' | 'commit' | 'date'>

export function toRow(bench: string, figure: Figure, occasion: Occasion): Row {
  const { peer = null, peerValue = null, seeds = 1 } = figure
  const ratio = peerValue ? round(figure.value / peerValue) : null
  const { case: name, metric, value, unit } = figure
  return {
    bench,
    case: name,
    metric,
    value: round(value),
    unit,
    peer,
    peerValue: peerValue === null ? null : round(peerValue),
    ratio,
    seeds,
    ...occasion,
  }
}

/** Three significant digits, as much as such figures mean; whole numbers stay whole. */
function round(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3))
}
