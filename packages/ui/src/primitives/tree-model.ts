/** A node of a tree view. `id` is unique in the tree. */
export interface TreeNode<Data = unknown> {
  readonly id: string
  readonly label: string
  readonly data: Data
  readonly children?: readonly TreeNode<Data>[]
}

/** A node as a row: in visual order, with where it hangs. */
export interface TreeRow<Data> {
  readonly node: TreeNode<Data>
  /** 0 at the root. */
  readonly depth: number
  readonly parentId: string | undefined
  readonly expandable: boolean
  readonly expanded: boolean
}

/** The rows that show: children only of expanded nodes. */
export function visibleRows<Data>(
  nodes: readonly TreeNode<Data>[],
  expanded: ReadonlySet<string>,
  depth = 0,
  parentId?: string,
): TreeRow<Data>[] {
  return nodes.flatMap((node) => {
    const children = node.children ?? []
    const open = children.length > 0 && expanded.has(node.id)
    const row = { node, depth, parentId, expandable: children.length > 0, expanded: open }
    return open ? [row, ...visibleRows(children, expanded, depth + 1, node.id)] : [row]
  })
}

/** What an arrow key asks for (WAI-ARIA tree pattern): a row to focus, a node to fold or unfold, or nothing. */
export type TreeMove = { focus: string } | { toggle: string } | undefined

export function treeMove<Data>(key: string, rows: readonly TreeRow<Data>[], at: string): TreeMove {
  const index = rows.findIndex((row) => row.node.id === at)
  const row = rows[index]
  if (!row) return undefined
  const focus = (target: TreeRow<Data> | undefined): TreeMove => target && { focus: target.node.id }
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1])
    case 'ArrowUp':
      return focus(rows[index - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows[rows.length - 1])
    case 'ArrowRight':
      if (!row.expandable) return undefined
      return row.expanded ? focus(rows[index + 1]) : { toggle: row.node.id }
    case 'ArrowLeft':
      if (row.expanded) return { toggle: row.node.id }
      return row.parentId === undefined ? undefined : { focus: row.parentId }
    default:
      return undefined
  }
}
