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

/** The same after a part of `bench`: of the cases that were measured all rows are replaced, in their place; new ones come last. */
export function mergePart(kept: readonly Row[], bench: string, fresh: readonly Row[]): readonly Row[] {
  const own = kept.filter((row) => row.bench === bench)
  const names = new Set([...own, ...fresh].map((row) => row.case))
  const measured = Map.groupBy(fresh, (row) => row.case)
  const merged = [...names].flatMap((name) => measured.get(name) ?? own.filter((row) => row.case === name))
  return mergeRows(kept, bench, merged)
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
    return [
      `## ${bench}`,
      '',
      ...occasionsOf(bench, group),
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

/** Where and when most of it was measured, then the cases that were measured at other times. */
function occasionsOf(bench: string, rows: readonly Row[]): string[] {
  const occasions = [
    ...Map.groupBy(rows, ({ machine, commit, date }) => `${machine}, commit ${commit}, ${date.slice(0, 10)}`),
  ]
  const [most, ...others] = occasions.sort(([, a], [, b]) => b.length - a.length)
  return [
    `\`npm run bench -- ${bench}\` on ${most?.[0]}`,
    ...others.map(([occasion, again]) => {
      const names = [...new Set(again.map((row) => row.case))]
      return `\\\nOn ${occasion} (\`--only\`): ${names.join('; ')}`
    }),
  ]
}

const markdownRow = (line: readonly string[]) => `| ${line.join(' | ')} |`

const number = (value: number | null) =>
  value === null ? '' : value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
