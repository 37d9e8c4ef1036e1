import { fireEvent, render, screen } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Tree } from './tree.tsx'
import { type TreeNode, treeMove, visibleRows } from './tree-model.ts'

const node = (id: string, ...children: TreeNode<number>[]): TreeNode<number> => ({
  id,
  label: id,
  data: id.length,
  children,
})
const SHELVES = [node('Philosophy', node('Stoics', node('Seneca')), node('Pre-Qin')), node('Novels')]

const rows = (...expanded: string[]) => visibleRows(SHELVES, new Set(expanded))

describe('the rows of a tree', () => {
  it('are the roots, and the children of what is unfolded', () => {
    expect(rows().map(({ node }) => node.id)).toEqual(['Philosophy', 'Novels'])
    expect(rows('Philosophy').map(({ node, depth }) => `${depth} ${node.id}`)).toEqual([
      '0 Philosophy',
      '1 Stoics',
      '1 Pre-Qin',
      '0 Novels',
    ])
  })

  it('hide what is unfolded below something folded', () => {
    expect(rows('Stoics').map(({ node }) => node.id)).toEqual(['Philosophy', 'Novels'])
  })

  it('move by keys as WAI-ARIA says', () => {
    const open = rows('Philosophy')
    expect(treeMove('ArrowDown', open, 'Philosophy')).toEqual({ focus: 'Stoics' })
    expect(treeMove('ArrowRight', open, 'Philosophy')).toEqual({ focus: 'Stoics' })
    expect(treeMove('ArrowRight', rows(), 'Philosophy')).toEqual({ toggle: 'Philosophy' })
    expect(treeMove('ArrowRight', open, 'Pre-Qin')).toBeUndefined()
    expect(treeMove('ArrowLeft', open, 'Stoics')).toEqual({ focus: 'Philosophy' })
    expect(treeMove('ArrowLeft', open, 'Philosophy')).toEqual({ toggle: 'Philosophy' })
    expect(treeMove('End', open, 'Philosophy')).toEqual({ focus: 'Novels' })
    expect(treeMove('ArrowUp', open, 'Philosophy')).toBeUndefined()
    expect(treeMove('x', open, 'Philosophy')).toBeUndefined()
  })

  it('never lose the focus, whatever keys are pressed', () => {
    const keys = fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(keys, (pressed) => {
        const expanded = new Set<string>()
        let at = 'Philosophy'
        for (const key of pressed) {
          const move = treeMove(key, visibleRows(SHELVES, expanded), at)
          if (move && 'focus' in move) at = move.focus
          else if (move && !expanded.delete(move.toggle)) expanded.add(move.toggle)
          expect(visibleRows(SHELVES, expanded).some(({ node }) => node.id === at)).toBe(true)
        }
      }),
      { seed: 11, numRuns: 200 },
    )
  })
})

describe('Tree', () => {
  const show = (props: Partial<Parameters<typeof Tree<number>>[0]> = {}) => {
    const spies = { onToggle: vi.fn(), onSelect: vi.fn() }
    const expanded = new Set(['Philosophy'])
    render(
      <Tree label="Shelves" nodes={SHELVES} expanded={expanded} selected="Stoics" {...spies} {...props} />,
    )
    return spies
  }
  const item = (name: string) => screen.getByRole('treeitem', { name: new RegExp(name) })

  it('has one tab stop, on the selected row, and tells levels and folds', () => {
    show()
    const stops = screen.getAllByRole('treeitem').filter(({ tabIndex }) => tabIndex === 0)
    expect(stops).toEqual([item('Stoics')])
    expect(item('Stoics').ariaLevel ?? item('Stoics').getAttribute('aria-level')).toBe('2')
    expect(item('Philosophy').getAttribute('aria-expanded')).toBe('true')
    expect(item('Novels').hasAttribute('aria-expanded')).toBe(false)
  })

  it('moves focus with the arrows and chooses with Enter', () => {
    const { onSelect } = show()
    item('Stoics').focus()
    fireEvent.keyDown(item('Stoics'), { key: 'ArrowDown' })
    expect(document.activeElement).toBe(item('Pre-Qin'))
    fireEvent.keyDown(item('Pre-Qin'), { key: 'Enter' })
    expect(onSelect).toHaveBeenCalledWith(expect.objectContaining({ id: 'Pre-Qin' }))
  })

  it('folds by its button without choosing the row', () => {
    const { onSelect, onToggle } = show()
    fireEvent.click(screen.getByRole('button', { name: 'Fold Philosophy', hidden: true }))
    expect(onToggle).toHaveBeenCalledWith('Philosophy')
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('leaves the keys of a field inside a row to the field', () => {
    const { onSelect } = show({
      renderLabel: ({ id }) => (id === 'Stoics' ? <input aria-label="rename" /> : undefined),
    })
    fireEvent.keyDown(screen.getByLabelText('rename'), { key: 'Enter' })
    expect(onSelect).not.toHaveBeenCalled()
  })
})
