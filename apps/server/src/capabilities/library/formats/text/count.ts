/**
 * Characters of text in markup, UTF-16 units, without tags, comments, head, scripts, styles and runs of white space.
 * A scan rather than a parse: linear, and near enough for progress and reading time.
 */
export function countTextCharacters(markup: string): number {
  let count = 0
  let at = bodyStart(markup)
  while (at < markup.length) {
    const open = markup.indexOf('<', at)
    count += countVisible(markup, at, open < 0 ? markup.length : open)
    if (open < 0) break
    at = skipTag(markup, open)
  }
  return count
}

function bodyStart(markup: string): number {
  const body = /<body[\s>]/i.exec(markup)
  return body ? body.index : 0
}

/** The position after the tag, comment, or script or style element that begins at `open`. */
function skipTag(markup: string, open: number): number {
  if (markup.startsWith('<!--', open)) return after(markup, '-->', open)
  const name = /^<(script|style)[\s>]/i.exec(markup.slice(open, open + 8))?.[1]
  const end = after(markup, '>', open)
  if (!name || markup[end - 2] === '/') return end
  const close = markup.indexOf(`</${name}`, end)
  return close < 0 ? markup.length : after(markup, '>', close)
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at + mark.length
}

function countVisible(text: string, from: number, to: number): number {
  let count = 0
  let space = true
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    const white = unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
    if (!white || !space) count++
    space = white
  }
  return count
}
