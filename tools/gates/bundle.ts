import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Gate, Verdict } from '../lib/gate.ts'
import { bin, run } from '../lib/run.ts'
import { ROOT } from '../lib/workspaces.ts'

interface Measured {
  name: string
  passed: boolean
  /** Bytes, compressed. */
  size: number
  sizeLimit: number
}

/** Builds the web app when its sources changed, then weighs what the first screen loads (.size-limit.mjs). */
export const bundleGate: Gate = {
  name: 'weight of the web app',
  run: async (): Promise<Verdict> => {
    if (!existsSync(join(ROOT, 'apps/web/index.html'))) return { skipped: 'there is no web app yet' }
    const built = await run(process.execPath, [join(ROOT, 'tools', 'bootstrap.mjs'), 'build'])
    if (built.code !== 0) return { ok: false, report: built.output }
    const { stdout, output } = await run(bin('size-limit'), ['--json'])
    if (!stdout.trim().startsWith('[')) return { ok: false, report: output }
    const parts: Measured[] = JSON.parse(stdout)
    const figures = parts
      .map(({ name, size, sizeLimit }) => `${name} ${kB(size)} of ${kB(sizeLimit)} kB`)
      .join(', ')
    const ok = parts.length > 0 && parts.every(({ passed, size }) => passed && size > 0)
    return ok ? { ok, note: figures } : { ok: false, report: figures }
  },
}

const kB = (bytes: number) => Math.round(bytes / 1000)
