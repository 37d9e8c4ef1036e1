/** Text that means itself in Markdown. */

export const entity = (char: string): string => `&#${char.codePointAt(0)};`

/** Everything that could begin or end something inside a line. */
export const escapeText = (text: string): string =>
  text.replace(/[\\`*_[\]<$~|]|&(?=#|[a-zA-Z])/g, (found) => `\\${found}`)

/** What would begin a block at the start of a line. */
const BLOCK_START = /^(?:[#+\-=>:]|\d{1,9}[.)])/

/** Lines of a text block: none begins a block, and white space at their edges is kept. */
export function atBreaks(text: string, oneLine: boolean): string {
  const lines = text.split('\n').map((line) => {
    const kept = line.replace(/^\s+|\s+$/g, (spaces) => [...spaces].map(entity).join(''))
    return kept.replace(BLOCK_START, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
  })
  return lines.join(oneLine ? '<br>' : '\\\n')
}
