import type { TreeNode } from '@stoa/ui'
import type { TocItem } from '../../../reader/engine/index.ts'

/** The contents as nodes of a tree; ids are places in it: `2.0` is the first part of the third chapter. */
export function tocNodes(items: readonly TocItem[], prefix = ''): TreeNode<TocItem>[] {
  return items.map((item, index) => {
    const id = `${prefix}${index}`
    const children = tocNodes(item.children, `${id}.`)
    return { id, label: item.label.trim(), data: item, ...(children.length > 0 && { children }) }
  })
}

/** Ids from the top down to the entry one is in; empty when it is none of these. */
export function currentPath(nodes: readonly TreeNode<TocItem>[], current: TocItem | undefined): string[] {
  if (!current) return []
  for (const node of nodes) {
    const same =
      node.data === current || (node.data.href === current.href && node.data.label === current.label)
    if (same) return [node.id]
    const below = currentPath(node.children ?? [], current)
    if (below.length > 0) return [node.id, ...below]
  }
  return []
}
