import type { Snippet } from '../../data/search.ts'

/** The found text with what matched marked. Parts have no identity but their order. */
export function SnippetText({ of: parts }: { of: Snippet }) {
  let at = 0
  return parts.map(({ text, mark }) => {
    const key = at
    at += text.length
    return mark ? <mark key={`m${key}`}>{text}</mark> : <span key={`t${key}`}>{text}</span>
  })
}
