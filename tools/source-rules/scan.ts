import { bin, run } from '../lib/run.ts'

interface Match {
  ruleId: string
  file: string
  message: string
  /** Counted from 0. */
  range: { start: { line: number } }
}

export interface SourceReport {
  files: number
  faults: readonly { rule: string; text: string }[]
}

/** Holds every source file below `root` to the rules of this folder; `root` holds the sgconfig.yml. */
export async function scanSources(root: string): Promise<SourceReport> {
  const { output, stdout } = await run(bin('ast-grep'), ['scan', '--json=compact', '--inspect', 'summary'], {
    cwd: root,
  })
  const files = Number(/scannedFileCount=(\d+)/.exec(output)?.[1] ?? Number.NaN)
  if (Number.isNaN(files)) throw new Error(`ast-grep did not run: ${output}`)
  const matches: Match[] = JSON.parse(stdout)
  const faults = matches.map(({ ruleId, file, message, range }) => ({
    rule: ruleId,
    text: `${ruleId}: ${file}:${range.start.line + 1} ${message}`,
  }))
  return { files, faults }
}
