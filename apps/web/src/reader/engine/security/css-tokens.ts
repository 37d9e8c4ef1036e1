/** The few kinds of CSS token that can name a resource, and everything else as it stands. */
export type CssToken =
  | { readonly kind: 'text'; readonly raw: string }
  | { readonly kind: 'string'; readonly raw: string; readonly value: string }
  /** `url(…)` with its address, quoted or not. */
  | { readonly kind: 'url'; readonly value: string }
  /** A function's name with `(`. */
  | { readonly kind: 'function'; readonly raw: string; readonly name: string }
  | { readonly kind: 'at'; readonly raw: string; readonly name: string }

const ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|([^\n]))/giu
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/y
const STRING = /"(?:[^"\\\n]|\\[\s\S])*(?:"|$|(?=\n))|'(?:[^'\\\n]|\\[\s\S])*(?:'|$|(?=\n))/y
const NAME = /@?(?:[\w-]|[\u0080-\uffff]|\\(?:[0-9a-f]{1,6}\s?|[^\n]))+/iy
const URL_BODY =
  /\s*(?:("(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)|((?:[^)\\]|\\[\s\S])*))[^)]*(?:\)|$)/y
const REST = /[^\\"'/@\w\-\u0080-\uffff]+|[\s\S]/y

/** Splits a style sheet; comments become a space. Escapes in names and addresses are resolved, so none can hide one. */
export function* cssTokens(css: string): Generator<CssToken> {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(css)
    if (found === null || found[0] === '') return undefined
    at += found[0].length
    return found
  }
  while (at < css.length) {
    if (take(COMMENT)) {
      yield { kind: 'text', raw: ' ' }
      continue
    }
    const string = take(STRING)?.[0]
    if (string !== undefined) {
      yield { kind: 'string', raw: string, value: unquote(string) }
      continue
    }
    const name = take(NAME)?.[0]
    if (name === undefined) {
      yield { kind: 'text', raw: take(REST)?.[0] ?? '' }
      continue
    }
    const plain = unescaped(name).toLowerCase()
    if (plain.startsWith('@')) yield { kind: 'at', raw: name, name: plain.slice(1) }
    else if (css[at] !== '(') yield { kind: 'text', raw: name }
    else {
      at++
      if (plain !== 'url') yield { kind: 'function', raw: `${name}(`, name: plain }
      else {
        const body = take(URL_BODY)
        yield {
          kind: 'url',
          value: body?.[1] === undefined ? unescaped((body?.[2] ?? '').trim()) : unquote(body[1]),
        }
      }
    }
  }
}

function unquote(raw: string): string {
  const end = raw.length > 1 && raw.endsWith(raw.charAt(0)) ? -1 : undefined
  return unescaped(raw.slice(1, end).replaceAll(/\\\n/gu, ''))
}

function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (_, hex: string | undefined, char: string | undefined) => {
    const code = Number.parseInt(hex ?? '', 16)
    return hex === undefined
      ? (char ?? '')
      : code > 0 && code <= 0x10ffff
        ? String.fromCodePoint(code)
        : '\uFFFD'
  })
}
