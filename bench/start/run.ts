import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench } from '../../tools/bench/row.ts'
import { quantile } from '../support/quantiles.ts'

const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const IDLE_MS = 5000

interface Started {
  readonly pid: number
  readonly milliseconds: number
  stop(): Promise<void>
}

/** From the start of the process to the first byte of the app. */
async function start(dataDir: string): Promise<Started> {
  const began = performance.now()
  const child = spawn(process.execPath, [MAIN, '--data', dataDir, '--port', '0', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const link = /action=started .*?url=(\S+)/.exec(said)?.[1]
      if (link) resolve(link)
    })
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)))
  })
  await (await fetch(url)).arrayBuffer()
  const milliseconds = performance.now() - began
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGINT')
    })
  return { pid: child.pid ?? 0, milliseconds, stop }
}

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
    const first = await start(dataDir)
    await first.stop()
    const warm: number[] = []
    let memory = 0
    for (let round = 0; round < (quick ? 2 : 7); round++) {
      const started = await start(dataDir)
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
