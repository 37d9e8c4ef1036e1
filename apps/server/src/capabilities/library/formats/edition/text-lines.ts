import { isUnspaced } from '../segment/weigh.ts'

/** How a plain text marks its paragraphs. */
type Layout = 'line' | 'wrapped'

const indent = /^(?:[\u3000\t]| {2})/

/**
 * Puts the lines of a plain text together to paragraphs. In texts broken at a fixed width a paragraph ends at an empty line or
 * before an indented one; in all others every line is one.
 */
export function paragraphsOf(lines: readonly string[]): string[] {
  const layout = layoutOf(lines)
  const paragraphs: string[] = []
  let open = false
  for (const line of lines) {
    const text = line.trim()
    const before = paragraphs.at(-1)
    if (text === '') open = false
    else if (open && before !== undefined && layout === 'wrapped' && !indent.test(line)) {
      paragraphs[paragraphs.length - 1] = join(before, text)
    } else {
      paragraphs.push(text)
      open = true
    }
  }
  return paragraphs
}

function layoutOf(lines: readonly string[]): Layout {
  const filled = lines.filter((line) => line.trim() !== '')
  // Lines that another unindented one follows at once: in wrapped text nearly all of them, and of nearly equal length.
  const followed = lines.filter((line, i) => {
    const next = lines[i + 1]
    return line.trim() !== '' && next !== undefined && next.trim() !== '' && !indent.test(next)
  })
  const ended = followed.filter((line) => /[.!?。！？…:：”"』」]\s*$/.test(line)).length
  if (followed.length < filled.length * 0.4 || ended > followed.length * 0.5) return 'line'
  const widths = followed.map(width).sort((a, b) => a - b)
  const median = widths[widths.length >> 1] ?? 0
  const longest = widths[Math.floor(widths.length * 0.98)] ?? 0
  return median >= 40 && longest <= median * 1.5 && longest <= 120 ? 'wrapped' : 'line'
}

/** Columns, Han characters counting two. */
function width(line: string): number {
  let columns = 0
  for (let i = 0; i < line.length; i++) columns += isUnspaced(line.charCodeAt(i)) ? 2 : 1
  return columns
}

function join(before: string, text: string): string {
  const unspaced =
    isUnspaced(before.charCodeAt(before.length - 1)) ||
    isUnspaced(text.charCodeAt(0)) ||
    /[，。、；：？！」』”]$/.test(before)
  return unspaced ? before + text : `${before} ${text}`
}
