import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { HTMLAttributes, KeyboardEvent, ReactNode } from 'react'
import { useRef, useState } from 'react'
import { primitives as t } from '../messages/primitives.ts'
import { Icon } from './icon.tsx'
import { type TreeNode, type TreeRow, treeMove, visibleRows } from './tree-model.ts'

export interface TreeProps<Data> {
  /** Name for screen readers. */
  label: string
  nodes: readonly TreeNode<Data>[]
  expanded: ReadonlySet<string>
  onToggle: (id: string) => void
  selected?: string | undefined
  onSelect: (node: TreeNode<Data>) => void
  /** At the right of a row: a count, a menu. */
  end?: (node: TreeNode<Data>) => ReactNode
  /** In the place of the label: a field while renaming. */
  renderLabel?: (node: TreeNode<Data>) => ReactNode
  /** Drag and drop handlers and the like, for the row's element. `data-drop` marks a row as a drop target. */
  rowProps?: (node: TreeNode<Data>) => HTMLAttributes<HTMLDivElement> & { 'data-drop'?: boolean }
  /** Wraps a row, e.g. in a `ContextMenu`. Must render the given element. */
  wrapRow?: (node: TreeNode<Data>, row: React.ReactElement) => ReactNode
}

/** A tree of rows. One tab stop; arrows move and fold, Enter and Space choose. */
export function Tree<Data>(props: TreeProps<Data>) {
  const { label, nodes, expanded, onToggle, selected, onSelect } = props
  const rows = visibleRows(nodes, expanded)
  const [active, setActive] = useState<string>()
  const stop = rows.find((row) => row.node.id === (active ?? selected)) ?? rows[0]
  const elements = useRef(new Map<string, HTMLElement>())

  const onKeyDown = (event: KeyboardEvent, row: TreeRow<Data>) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onSelect(row.node)
      return
    }
    const move = treeMove(event.key, rows, row.node.id)
    if (!move) return
    event.preventDefault()
    if ('toggle' in move) onToggle(move.toggle)
    else elements.current.get(move.focus)?.focus()
  }

  return (
    <div role="tree" aria-label={label} className="tree">
      {rows.map((row) => {
        const { node } = row
        const element = (
          <div
            key={node.id}
            ref={(el) => {
              if (el) elements.current.set(node.id, el)
              else elements.current.delete(node.id)
            }}
            role="treeitem"
            aria-level={row.depth + 1}
            aria-expanded={row.expandable ? row.expanded : undefined}
            aria-selected={node.id === selected}
            tabIndex={row === stop ? 0 : -1}
            className={clsx('li', node.id === selected && 'on')}
            style={{ paddingLeft: 10 + row.depth * 16 }}
            onClick={() => onSelect(node)}
            onFocus={() => setActive(node.id)}
            onKeyDown={(event) => onKeyDown(event, row)}
            {...props.rowProps?.(node)}
          >
            <Twist row={row} onToggle={onToggle} />
            {props.renderLabel?.(node) ?? <span className="clip grow">{node.label}</span>}
            {props.end && <span className="n">{props.end(node)}</span>}
          </div>
        )
        return props.wrapRow ? <Wrapped key={node.id}>{props.wrapRow(node, element)}</Wrapped> : element
      })}
    </div>
  )
}

const Wrapped = ({ children }: { children: ReactNode }) => children

function Twist<Data>({ row, onToggle }: { row: TreeRow<Data>; onToggle: (id: string) => void }) {
  if (!row.expandable) return <span className="twist" aria-hidden="true" />
  const name = row.node.label
  return (
    <button
      type="button"
      className="twist"
      tabIndex={-1}
      aria-label={row.expanded ? t.collapse({ name }) : t.expand({ name })}
      onClick={(event) => {
        event.stopPropagation()
        onToggle(row.node.id)
      }}
    >
      <Icon of={row.expanded ? ChevronDown : ChevronRight} size="s" />
    </button>
  )
}
