import { readFile } from 'node:fs/promises'

/** A row of a table: what stands in it in code, cell by cell. */
export interface Cause {
  /** Codes of which this is the cause, e.g. a reason; `reconcile.…`: any that begins so. None: `none`. */
  readonly codes: readonly string[]
  readonly cause: string
  /** What the cell "seen in" says is there. */
  readonly seen: readonly string[]
  readonly whatToDo: string
}

/** A part of the runbook, by its heading. */
export interface Part {
  readonly text: string
  readonly causes: readonly Cause[]
}

export interface Runbook {
  readonly text: string
  /** Requests, log lines and series that lead from every reason to its cause, in order. */
  readonly places: readonly string[]
  readonly parts: ReadonlyMap<string, Part>
}

export const fileOfRepository = (path: string): Promise<string> =>
  readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')

export const codeIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** Reads docs/runbook/boards.md as somebody does who has nothing else. */
export async function readRunbook(): Promise<Runbook> {
  const text = await fileOfRepository('docs/runbook/boards.md')
  const [first = '', ...rest] = text.split(/^## /m)
  const parts = rest.map((part): [string, Part] => {
    const [title = '', ...lines] = part.split('\n')
    return [title, { text: lines.join('\n'), causes: lines.flatMap(readRow) }]
  })
  return { text, places: codeIn(first), parts: new Map(parts) }
}

/** A row has four cells; the first row of a table, and what is under it, name no codes. */
function readRow(line: string, at: number, lines: readonly string[]): Cause[] {
  const cells = line.replace(/^\| | \|$/g, '').split(' | ')
  const isHead = lines[at + 1]?.startsWith('|---') ?? false
  if (!line.startsWith('| ') || cells.length !== 4 || isHead) return []
  const [reason = '', cause = '', seen = '', whatToDo = ''] = cells
  const codes = codeIn(reason)
  return [{ codes: codes.length > 0 ? codes : [reason], cause, seen: codeIn(seen), whatToDo }]
}

export function partOf({ parts }: Runbook, title: string): Part {
  const part = parts.get(title)
  if (!part) throw new Error(`The runbook has no part ${title}.`)
  return part
}

const stands = (code: string, written: string) =>
  written.endsWith('…') ? code.startsWith(written.slice(0, -1)) : written === code

/** The row for a code; of several the nth. */
export function rowOf({ causes }: Part, code: string, nth = 0): Cause {
  const cause = causes.filter(({ codes }) => codes.some((written) => stands(code, written)))[nth]
  if (!cause) throw new Error(`The runbook says nothing of ${code}.`)
  return cause
}
