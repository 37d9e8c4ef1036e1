import { common, createLowlight } from 'lowlight'

const lowlight = createLowlight(common)

type Found = ReturnType<typeof lowlight.highlight>['children'][number]

interface Span {
  readonly from: number
  readonly to: number
  readonly classes: string
}

/** Stretches of code with the classes of what they are; none for a language that is not known. */
export function highlightCode(language: string, code: string): Span[] {
  if (!lowlight.registered(language)) return []
  const spans: Span[] = []
  let at = 0
  const visit = (node: Found, classes: string): void => {
    if (node.type === 'text') {
      if (classes) spans.push({ from: at, to: at + node.value.length, classes })
      at += node.value.length
    } else if (node.type === 'element') {
      const own = [node.properties.className ?? []].flat().join(' ')
      for (const child of node.children) visit(child, `${classes} ${own}`.trim())
    }
  }
  for (const child of lowlight.highlight(language, code).children) visit(child, '')
  return spans
}
