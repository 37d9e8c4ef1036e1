const vertical = /writing-mode\s*:\s*(vertical-|tb)/i

/** Class names and root selectors to which style sheets give vertical writing. */
export interface VerticalRules {
  root: boolean
  classes: Set<string>
}

/** Adds what `css` says about vertical writing to `rules`. Linear in its length. */
export function readVerticalRules(css: string, rules: VerticalRules): void {
  if (!vertical.test(css)) return
  for (const rule of stripComments(css).split('}')) {
    const open = rule.lastIndexOf('{')
    if (open < 0 || !vertical.test(rule.slice(open))) continue
    for (const selector of rule
      .slice(0, open)
      .slice(-2000)
      .replace(/^[\s\S]*[{;]/, '')
      .split(',')) {
      const last = selector.trim().split(/\s+/).at(-1) ?? ''
      if (/^(html|body|:root|\*)$/i.test(last)) rules.root = true
      const name = /^(?:html|body)?\.([\w-]+)$/i.exec(last)?.[1]
      if (name) rules.classes.add(name)
    }
  }
}

/** Whether the `html` or `body` of a content document is set vertically, by its style, its class or the root rule. */
export function isVertical(markup: string, rules: VerticalRules): boolean {
  const head = markup.slice(0, 20_000)
  for (const tag of head.match(/<(html|body)\b[^>]{0,2000}>/gi) ?? []) {
    if (vertical.test(/\sstyle\s*=\s*("[^"]*"|'[^']*')/i.exec(tag)?.[1] ?? '')) return true
    const classes = /\sclass\s*=\s*["']([^"']*)["']/i.exec(tag)?.[1]?.split(/\s+/) ?? []
    if (classes.some((name) => rules.classes.has(name))) return true
  }
  return rules.root
}

function stripComments(css: string): string {
  let text = ''
  let from = 0
  for (let at = css.indexOf('/*'); at >= 0; at = css.indexOf('/*', from)) {
    text += css.slice(from, at)
    const end = css.indexOf('*/', at + 2)
    if (end < 0) return text
    from = end + 2
  }
  return text + css.slice(from)
}
