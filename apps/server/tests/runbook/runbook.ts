import { readFile } from 'node:fs/promises'

/** A row of the table under "The detail does not open": what stands in it in code, cell by cell. */
export interface Cause {
  readonly reason: string
  readonly cause: string
  /** What the cell "seen in" says is there. */
  readonly seen: readonly string[]
}

export interface Runbook {
  readonly text: string
  /** Requests, log lines and series that lead from every reason to its cause, in order. */
  readonly places: readonly string[]
  readonly causes: readonly Cause[]
}

export const fileOfRepository = (path: string): Promise<string> =>
  readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')

const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** Reads docs/runbook/boards.md as somebody does who has nothing else. */
export async function readRunbook(): Promise<Runbook> {
  const text = await fileOfRepository('docs/runbook/boards.md')
  const [first = '', detail = ''] = text.split(/^## /m)
  const rows = detail.split('\n').flatMap((line) => {
    const [, reason = '', cause = '', seen = ''] = line.split(' | ').length === 4 ? splitRow(line) : []
    return reason.startsWith('`') ? [{ reason: reason.replaceAll('`', ''), cause, seen: codeIn(seen) }] : []
  })
  return { text, places: codeIn(first), causes: rows }
}

const splitRow = (line: string): string[] => ['', ...line.replace(/^\| | \|$/g, '').split(' | ')]

/** The row for a reason; of several the nth. */
export function rowOf({ causes }: Runbook, reason: string, nth: number): Cause {
  const cause = causes.filter((one) => one.reason === reason)[nth]
  if (!cause) throw new Error(`The runbook says nothing of ${reason}.`)
  return cause
}
