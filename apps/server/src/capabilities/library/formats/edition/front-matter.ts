import { cleanText } from '../metadata/clean.ts'

export interface FrontMatter {
  /** By lower-case key; a scalar is a list of one. */
  fields: ReadonlyMap<string, readonly string[]>
  /** The text after it. */
  body: string
}

/**
 * Reads the flat part of a YAML head: `key: value`, `key: [a, b]` and `key:` with a dashed list. Anything deeper is passed over:
 * it only ever supplies a title, authors and the like.
 */
export function readFrontMatter(text: string): FrontMatter {
  const match = /^---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text)
  if (!match) return { fields: new Map(), body: text }
  const fields = new Map<string, string[]>()
  let key: string | undefined
  for (const line of (match[1] ?? '').split(/\r?\n/)) {
    const pair = /^([\w-]+)\s*:(.*)$/.exec(line)
    const entry = /^\s*-\s+(.*)$/.exec(line)
    if (pair) {
      key = pair[1]?.toLowerCase() ?? ''
      fields.set(key, valuesOf(pair[2]?.trim() ?? ''))
    } else if (entry && key !== undefined) fields.get(key)?.push(...valuesOf(entry[1] ?? ''))
  }
  return { fields, body: text.slice(match[0].length) }
}

function valuesOf(value: string): string[] {
  const list = /^\[(.*)\]$/.exec(value)
  const parts = list ? (list[1] ?? '').split(',') : [value]
  return parts.map((part) => cleanText(unquote(part.trim()))).filter((part) => part !== undefined)
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text
}
