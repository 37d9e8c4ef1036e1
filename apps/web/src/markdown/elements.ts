import MarkdownIt from 'markdown-it'
import { createElement, type ReactNode } from 'react'

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number]

/** HTML stays text; links found in plain text are links. Pictures would fetch from elsewhere: their words are shown instead. */
const parser = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('image')

/** Tags that Markdown may make here; headings stand below those of the screen. Anything else is left out, its text is kept. */
const TAGS: Readonly<Record<string, string>> = {
  ...{ p: 'p', blockquote: 'blockquote', ul: 'ul', ol: 'ol', li: 'li', em: 'em', strong: 'strong', s: 's' },
  ...{ table: 'table', thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td' },
  ...{ h1: 'h4', h2: 'h5', h3: 'h6', h4: 'h6', h5: 'h6', h6: 'h6' },
}

/** Somebody, or everybody in a room: `[@Name](stoa:account/ID)`. */
const MENTION = /^stoa:(?:account\/[0-9a-f-]{36}|everyone)$/i

/** Markdown as React elements: nothing of it ever is HTML text. */
export const elementsOf = (text: string): ReactNode => childrenOf(parser.parse(text, {}))

function childrenOf(tokens: readonly Token[]): ReactNode {
  const nodes: ReactNode[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.nesting !== 1) nodes.push(leaf(token, at))
    else {
      const end = endOf(tokens, at)
      nodes.push(element(token, childrenOf(tokens.slice(at + 1, end)), at))
      at = end
    }
  }
  return nodes
}

/** Where what opens at `start` is closed. */
function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0
  for (let at = start; at < tokens.length; at++) {
    depth += tokens[at]?.nesting ?? 0
    if (depth === 0) return at
  }
  return tokens.length
}

function leaf(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'inline':
      return childrenOf(token.children ?? [])
    case 'softbreak':
    case 'hardbreak':
      return createElement('br', { key })
    case 'hr':
      return createElement('hr', { key })
    case 'code_inline':
      return createElement('code', { key }, token.content)
    case 'fence':
    case 'code_block':
      return createElement('pre', { key }, createElement('code', null, token.content))
    default:
      return token.content
  }
}

function element(token: Token, children: ReactNode, key: number): ReactNode {
  // The paragraphs of a tight list: markdown-it hides them.
  if (token.hidden) return children
  if (token.tag === 'a') return link(token, children, key)
  const tag = TAGS[token.tag]
  if (!tag) return children
  const start = token.tag === 'ol' ? Number(token.attrGet('start') ?? 1) : 1
  return createElement(tag, { key, ...(start !== 1 && { start }) }, children)
}

/** To the web and by mail, in a window of its own; within this place in this one; a mention is a name. Anything else is no link. */
function link(token: Token, children: ReactNode, key: number): ReactNode {
  const given = String(token.attrGet('href') ?? '')
  if (MENTION.test(given)) return createElement('b', { key, className: 'mention' }, children)
  const href = given.startsWith(`${location.origin}/`) ? given.slice(location.origin.length) : given
  if (/^\/(?![/\\])/.test(href)) return createElement('a', { key, href }, children)
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return children
  const away = { target: '_blank', rel: 'noopener noreferrer nofollow' }
  return createElement('a', { key, href, ...away }, children)
}
