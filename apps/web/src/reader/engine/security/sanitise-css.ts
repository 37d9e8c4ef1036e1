import { type CssToken, cssTokens } from './css-tokens.ts'
import { isOwnResource } from './urls.ts'

/** Functions whose plain strings are addresses. */
const LOADING = new Set([
  'image-set',
  '-webkit-image-set',
  'image',
  'src',
  'cross-fade',
  '-webkit-cross-fade',
])
const NOTHING = 'data:,'

/** A style sheet or declaration list that loads nothing but bytes of the book: other addresses become empty ones. */
export function sanitiseCss(css: string): string {
  let clean = ''
  let depth = 0
  /** Parenthesis depths at which a loading function opened. */
  const loading: number[] = []
  const tokens = cssTokens(css)
  for (const token of tokens) {
    switch (token.kind) {
      case 'url':
        clean += `url("${quotable(isOwnResource(token.value) ? token.value : NOTHING)}")`
        break
      case 'function':
        depth++
        if (LOADING.has(token.name)) loading.push(depth)
        clean += token.raw
        break
      case 'string':
        clean += loading.length > 0 && !isOwnResource(token.value) ? `"${NOTHING}"` : closed(token.raw)
        break
      case 'at':
        clean += token.name === 'import' ? importRule(tokens) : token.raw
        break
      default:
        for (const char of token.raw) {
          if (char === '(') depth++
          if (char === ')') {
            if (loading.at(-1) === depth) loading.pop()
            depth = Math.max(0, depth - 1)
          }
        }
        clean += token.raw
    }
  }
  return clean
}

/** `@import` of a sheet of the book stays; any other goes, up to its semicolon. */
function importRule(tokens: Iterator<CssToken>): string {
  let rule = ''
  let target: string | undefined
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    const token = next.value
    if (token.kind === 'text' && /[;{}]/u.test(token.raw)) {
      const keep = target !== undefined && isOwnResource(target) && !target.startsWith('data:')
      return keep
        ? `@import url("${quotable(target ?? '')}")${rule.replace(/^\s+/u, '')}${token.raw}`
        : token.raw.replace(/^[^;{}]*;?/u, '')
    }
    if (target === undefined && (token.kind === 'url' || token.kind === 'string')) target = token.value
    else if (token.kind === 'text' || token.kind === 'function') rule += token.raw
  }
  return ''
}

function quotable(url: string): string {
  return url.replaceAll(/["\\\n\r\f]/gu, (char) => encodeURIComponent(char))
}

/** An unfinished string would swallow what we append. */
function closed(raw: string): string {
  return raw.length > 1 && raw.endsWith(raw.charAt(0)) ? raw : `${raw}${raw.charAt(0)}`
}
