import type { Row } from './row.ts'

const keyOf = (row: Row) => JSON.stringify([row.bench, row.case, row.metric, row.peer])

/**
 * The figures after a run of `bench`: its fresh rows replace all it had before (a case that is no longer measured goes),
 * other benchmarks keep theirs. Sorted by benchmark; a benchmark's own order is that of its run.
 */
export function mergeRows(kept: readonly Row[], bench: string, fresh: readonly Row[]): readonly Row[] {
  const unique = new Map(fresh.map((row) => [keyOf(row), row]))
  const all = [...kept.filter((row) => row.bench !== bench), ...unique.values()]
  return all.sort((a, b) => (a.bench < b.bench ? -1 : a.bench > b.bench ? 1 : 0))
}

function cells(row: Row): string[] {
  const beside = row.peer === null ? ['', '', ''] : [row.peer, number(row.peerValue), number(row.ratio)]
  return [row.case, row.metric, `${number(row.value)} ${row.unit}`, ...beside]
}

const HEAD = ['case', 'metric', 'value', 'peer', 'peer value', 'ratio']

/** Rows as a table of plain text, columns in line. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** bench/RESULTS.md: one section for each benchmark, with the command and where and when it ran. */
export function formatResults(rows: readonly Row[]): string {
  const sections = [...Map.groupBy(rows, ({ bench }) => bench)].map(([bench, group]) => {
    const [{ machine, commit, date } = { machine: '', commit: '', date: '' }] = group
    return [
      `## ${bench}`,
      '',
      `\`npm run bench -- ${bench}\` on ${machine}, commit ${commit}, ${date.slice(0, 10)}`,
      '',
      markdownRow(HEAD),
      markdownRow(HEAD.map(() => '---')),
      ...group.map((row) => markdownRow(cells(row).map((cell) => cell.replaceAll('|', '\\|')))),
      '',
    ].join('\n')
  })
  return [
    '# Figures',
    '',
    'Written by `npm run bench -- NAME` from `bench/results.json`. Ratio = ours ÷ the peer’s, from the same run.',
    '',
    sections.join('\n'),
  ].join('\n')
}

const markdownRow = (line: readonly string[]) => `| ${line.join(' | ')} |`

const number = (value: number | null) =>
  value === null ? '' : value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
