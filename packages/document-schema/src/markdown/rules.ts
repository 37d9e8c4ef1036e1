import MarkdownIt, { type StateBlock, type StateInline } from 'markdown-it'

/** CommonMark with GFM's tables and strike-through, `$maths$`, and `<br>`; HTML is text. */
export function markdownReader(): InstanceType<typeof MarkdownIt> {
  const reader = new MarkdownIt('default', {
    html: false,
    linkify: false,
    typographer: false,
    maxNesting: 60,
  })
  // What may be linked is decided where the document is built.
  reader.validateLink = () => true
  reader.normalizeLink = (url) => url
  reader.inline.ruler.before('escape', 'line_break', lineBreak)
  reader.inline.ruler.after('escape', 'inline_math', inlineMath)
  reader.block.ruler.before('fence', 'block_math', blockMath, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  return reader
}

function lineBreak(state: StateInline, silent: boolean): boolean {
  const found = /^<br\s{0,4}\/?>/i.exec(state.src.slice(state.pos, state.pos + 12))
  if (!found) return false
  if (!silent) state.push('hardbreak', 'br', 0)
  state.pos += found[0].length
  return true
}

/** `$x$`: no space inside the dollars, no digit after them: prices are no formulas. */
function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== '$' || src[pos + 1] === '$' || /\s/.test(src[pos + 1] ?? ' ')) return false
  let end = pos + 1
  while (end < posMax && src[end] !== '$') end += src[end] === '\\' ? 2 : 1
  if (end >= posMax || end === pos + 1 || /\s/.test(src[end - 1] ?? '') || /\d/.test(src[end + 1] ?? ''))
    return false
  if (!silent) state.push('inline_math', 'span', 0).content = src.slice(pos + 1, end)
  state.pos = end + 1
  return true
}

/** Lines between two lines `$$`; or one line `$$x$$`. */
function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false
  const first = lineAt(startLine).trim()
  if (!first.startsWith('$$')) return false
  const single = first.length > 4 && first.endsWith('$$') ? first.slice(2, -2) : undefined
  let last = startLine
  if (single === undefined) {
    if (first !== '$$') return false
    do last += 1
    while (last < endLine && (state.sCount[last] ?? 0) >= state.blkIndent && lineAt(last).trim() !== '$$')
    if (last >= endLine || lineAt(last).trim() !== '$$') return false
  }
  if (silent) return true
  const token = state.push('block_math', 'div', 0)
  token.block = true
  token.content = single ?? state.getLines(startLine + 1, last, state.blkIndent, false)
  token.map = [startLine, last + 1]
  state.line = last + 1
  return true
}
