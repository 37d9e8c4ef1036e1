import type { TocItem } from '../types.ts'
import type { SectionOutline } from './collect.ts'

/** An entry of a table of contents as far as sections care. */
export interface OutlineItem {
  title: string
  /** Absent (or out of range) for a heading that leads nowhere. */
  sectionIndex?: number | undefined
  /** Id of the element in the section that it leads to; absent for the section's beginning. */
  anchor?: string | undefined
  children: readonly OutlineItem[]
}

/** The table of contents of an analysis, its anchors taken from the fragments of its hrefs. */
export function outlineOf(toc: readonly TocItem[]): OutlineItem[] {
  return toc.map(({ title, href = '', locator, children }) => {
    const hash = href.indexOf('#')
    return {
      title,
      sectionIndex: locator?.type === 'epub' ? locator.sectionIndex : undefined,
      anchor: hash < 0 ? undefined : href.slice(hash + 1),
      children: outlineOf(children),
    }
  })
}

/** For each section, the titles it begins under and those that begin inside it. */
export function outlineSections(toc: readonly OutlineItem[], sections: number): SectionOutline[] {
  const entries = flatten(toc, [], new Map())
  const outlines: SectionOutline[] = []
  let current: readonly string[] = []
  for (let index = 0; index < sections; index++) {
    const anchors = new Map<string, readonly string[]>()
    let inherited = current
    for (const { path, anchor } of entries.get(index) ?? []) {
      if (anchor) anchors.set(anchor, path)
      else inherited = path
      current = path
    }
    outlines.push({ path: inherited, anchors })
  }
  return outlines
}

interface Entry {
  path: readonly string[]
  anchor: string | undefined
}

function flatten(
  toc: readonly OutlineItem[],
  above: readonly string[],
  into: Map<number, Entry[]>,
): ReadonlyMap<number, readonly Entry[]> {
  for (const { title, sectionIndex, anchor, children } of toc) {
    const path = [...above, title]
    if (sectionIndex !== undefined) {
      const entries = into.get(sectionIndex) ?? []
      entries.push({ path, anchor })
      into.set(sectionIndex, entries)
    }
    flatten(children, path, into)
  }
  return into
}
