import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Sample<Label extends string> {
  readonly labels: Partial<Record<Label, string>>
  readonly value: number
}

/** The series of one program. Not prom-client's global registry: tests run several programs in one process. */
export class Metrics {
  readonly registry = new Registry()

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name: `stoa_${name}`, help, labelNames, registers: [this.registry] })
  }

  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  ): Histogram<Label> {
    return new Histogram({ name: `stoa_${name}`, help, labelNames, buckets, registers: [this.registry] })
  }

  /** A value that is read when the series are asked for; left out while reading fails, e.g. before the start. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ): void {
    new Gauge({
      name: `stoa_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        this.reset()
        for (const { labels, value } of await attempt(read)) this.set(labels, value)
      },
    })
  }

  /** Prometheus text exposition format. */
  async text(): Promise<string> {
    return this.registry.metrics()
  }
}

async function attempt<T>(read: () => readonly T[] | Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read()
  } catch {
    return []
  }
}
