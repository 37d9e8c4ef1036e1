/** How text is kept, so that every format can say it again. */

const BREAKS = /[\n\r\t\f\v\u0085\u2028\u2029]+/g
const CONTROLS = /\p{Cc}/gu
const CODE_CONTROLS = /(?![\n\t])\p{Cc}/gu

/** Text outside code: one line; breaks of lines are spaces, control characters are gone. */
export const cleanText = (text: string): string =>
  text.replace(BREAKS, ' ').replace(CONTROLS, '').toWellFormed()

export const cleanCode = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(CODE_CONTROLS, '').toWellFormed()

/** A formula without what would end it early: unescaped dollars, blank lines, a backslash at the end. */
export function cleanLatex(value: unknown, block = false): string {
  if (typeof value !== 'string') return ''
  const lines = value.slice(0, 10_000).split(/[\r\n\u0085\u2028\u2029]+/)
  const text = lines
    .map((line) => cleanText(line).trim())
    .filter((line) => line !== '')
    .join(block ? '\n' : ' ')
  return text
    .replace(/\\[\s\S]|\$/g, (found) => (found === '$' ? '\\$' : found))
    .replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')
    .trim()
}
