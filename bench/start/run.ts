import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'
import { startServer } from '../support/server.ts'

const IDLE_MS = 5000

/** Resident memory of a process and of everything it started, in bytes; shared pages counted in proportion. Linux. */
function memoryOf(root: number): number {
  const children = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  const all = (pid: number): number[] => [pid, ...children(pid).flatMap(all)]
  const proportional = (pid: number) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  return all(root).reduce((sum, pid) => sum + proportional(pid), 0)
}

/** How soon the app answers when it was set up before, and what it holds when nobody does anything. */
export const run: Bench = async ({ quick, log }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-bench-'))
  try {
    const first = await startServer(dataDir)
    await first.stop()
    const warm: number[] = []
    let memory = 0
    for (let round = 0; round < (quick ? 2 : 7); round++) {
      const started = await startServer(dataDir)
      warm.push(started.milliseconds)
      if (round === 0) {
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
        memory = memoryOf(started.pid)
      }
      await started.stop()
      log(`start ${round + 1}: ${Math.round(started.milliseconds)} ms`)
    }
    return [
      { case: 'first start ever', metric: 'to first byte', value: first.milliseconds, unit: 'ms' },
      { case: 'warm start', metric: 'p50 to first byte', value: quantile(warm, 0.5), unit: 'ms' },
      { case: 'warm start', metric: 'slowest to first byte', value: quantile(warm, 1), unit: 'ms' },
      {
        case: 'idle, whole program with PostgreSQL',
        metric: 'memory',
        value: memory / 1_000_000,
        unit: 'MB',
      },
    ]
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
