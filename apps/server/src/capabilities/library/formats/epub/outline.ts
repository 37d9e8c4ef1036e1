import type { SectionOutline } from '../segment/collect.ts'
import type { TocItem } from '../types.ts'

/** For each section, the titles it begins under and those that begin inside it. */
export function outlineSections(toc: readonly TocItem[], sections: number): SectionOutline[] {
  const entries = flatten(toc, [])
  const outlines: SectionOutline[] = []
  let current: readonly string[] = []
  for (let index = 0; index < sections; index++) {
    const here = entries.get(index) ?? []
    const anchors = new Map<string, readonly string[]>()
    let inherited = current
    for (const { path, fragment } of here) {
      if (fragment) anchors.set(fragment, path)
      else inherited = path
      current = path
    }
    outlines.push({ path: inherited, anchors })
  }
  return outlines
}

interface OutlineEntry {
  path: readonly string[]
  fragment: string
}

function flatten(
  toc: readonly TocItem[],
  above: readonly string[],
  into = new Map<number, OutlineEntry[]>(),
): Map<number, OutlineEntry[]> {
  for (const { title, href, locator, children } of toc) {
    const path = [...above, title]
    if (locator?.type === 'epub' && locator.sectionIndex !== undefined) {
      const entries = into.get(locator.sectionIndex) ?? []
      const hash = href?.indexOf('#') ?? -1
      entries.push({ path, fragment: hash < 0 ? '' : (href?.slice(hash + 1) ?? '') })
      into.set(locator.sectionIndex, entries)
    }
    flatten(children, path, into)
  }
  return into
}
