import type { Line, PageLines } from './lines.ts'

/** Part of the page's height, at top and bottom, where running heads and page numbers stand. */
const margin = 0.13

/** The page without lines that stand at the same place, with the same words but for numbers, on a page nearby. */
export function withoutRunningHeads(page: PageLines, nearby: readonly PageLines[]): PageLines {
  const known = new Set(nearby.flatMap((other) => edgeLines(other).map(keyOf)))
  const running = new Set(edgeLines(page).filter((line) => known.has(keyOf(line))))
  return running.size === 0 ? page : { ...page, lines: page.lines.filter((line) => !running.has(line)) }
}

function edgeLines({ lines, bottom, top }: PageLines): Line[] {
  const edge = (top - bottom) * margin
  return lines.filter(({ y }) => y > top - edge || y < bottom + edge)
}

function keyOf({ y, text }: Line): string {
  const words = text
    .replace(/\d+|\b[ivxlcdm]+\b/gi, '#')
    .replace(/\s+/g, ' ')
    .trim()
  return `${Math.round(y / 3)} ${words}`
}
