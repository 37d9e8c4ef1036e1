/**
 * `npm run bench -- NAME [--quick] [--size N] [--only PART]`: runs bench/NAME/run.ts, prints its figures and keeps them in
 * bench/results.json, from which bench/RESULTS.md is written. `all` runs every benchmark; without a name it lists them. With `--only`
 * the parts whose name holds the text are measured again, and the other figures kept; of benchmarks that have parts.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { thisOccasion } from './bench/occasion.ts'
import { formatResults, formatTable, mergePart, mergeRows } from './bench/results.ts'
import { type BenchModule, type BenchOptions, type Row, toRow } from './bench/row.ts'
import { ROOT } from './lib/workspaces.ts'

const FOLDER = join(ROOT, 'bench')
const RESULTS = join(FOLDER, 'results.json')
const print = (line: string) => process.stdout.write(`${line}\n`)

const names = () =>
  globSync('*/run.ts', { cwd: FOLDER })
    .map((file) => dirname(file))
    .sort()

async function measure(name: string, options: Omit<BenchOptions, 'log'>): Promise<void> {
  const module: BenchModule = await import(pathToFileURL(join(FOLDER, name, 'run.ts')).href)
  if (options.only !== undefined && !module.parts) throw new Error(`${name} cannot be measured in part`)
  const started = performance.now()
  const figures = await module.run({ ...options, log: (line) => process.stderr.write(`  ${line}\n`) })
  const occasion = thisOccasion()
  const rows = figures.map((figure) => toRow(name, figure, occasion))
  print(`${name} (${((performance.now() - started) / 1000).toFixed(0)} s)\n${formatTable(rows)}\n`)
  if (!options.quick) keep(name, rows, options.only === undefined ? mergeRows : mergePart)
}

function keep(name: string, rows: readonly Row[], merge: typeof mergeRows): void {
  const kept: Row[] = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : []
  const merged = merge(kept, name, rows)
  writeFileSync(RESULTS, `${JSON.stringify(merged, null, 2)}\n`)
  writeFileSync(join(FOLDER, 'RESULTS.md'), formatResults(merged))
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      size: { type: 'string' },
      only: { type: 'string' },
    },
    allowPositionals: true,
  })
  const known = names()
  const wanted = positionals.includes('all') ? known : positionals
  const unknown = wanted.filter((name) => !known.includes(name))
  if (wanted.length === 0 || unknown.length > 0) {
    if (unknown.length > 0) print(`No benchmark ${unknown.join(', ')}.`)
    print(
      `npm run bench -- NAME [--quick] [--size N] [--only PART], NAME being all or one of: ${known.join(', ') || '(none yet)'}`,
    )
    if (unknown.length > 0) process.exitCode = 2
    return
  }
  const size = values.size === undefined ? undefined : Number(values.size)
  for (const name of wanted) await measure(name, { quick: values.quick, size, only: values.only })
}

await main()
