import { BlockMath, InlineMath } from '@stoa/document-schema'
import { Textarea } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { InputRule } from '@tiptap/core'
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { lazy, Suspense, useEffect, useState } from 'react'

const Formula = lazy(() => import('./formula.tsx'))

/** `$x^2$` becomes a formula as its second dollar is typed. */
const DOLLARS = /(?:^|[^$\\])(\$([^$\s](?:[^$]*[^$\s])?)\$)$/

export const InlineMathWithView = InlineMath.extend({
  addNodeView: () => ReactNodeViewRenderer(InlineView, { as: 'span', className: 'node-maths' }),
  addInputRules() {
    return [
      new InputRule({
        find: DOLLARS,
        handler: ({ state, range, match }) => {
          const [whole, formula = '', latex = ''] = match
          const from = range.from + whole.length - formula.length
          state.tr.replaceWith(from, range.to, this.type.create({ latex }))
        },
      }),
    ]
  },
})

export const BlockMathWithView = BlockMath.extend({
  addNodeView: () => ReactNodeViewRenderer(BlockView, { className: 'node-maths block' }),
})

const InlineView = (props: NodeViewProps) => <MathsView {...props} block={false} />
const BlockView = (props: NodeViewProps) => <MathsView {...props} block />

/** A formula, set; pressed, its LaTeX to be changed. An empty one is taken out again. */
function MathsView(props: NodeViewProps & { block: boolean }) {
  const { node, selected, updateAttributes, deleteNode, editor, getPos, block } = props
  const latex = String(node.attrs.latex ?? '')
  const [writing, setWriting] = useState(latex === '' && editor.isEditable)
  const write = editor.isEditable && (writing || selected)
  useEffect(() => {
    if (!selected) setWriting(false)
  }, [selected])
  const end = () => {
    setWriting(false)
    if (latex.trim() === '') return deleteNode()
    const at = getPos()
    if (at !== undefined) editor.commands.focus(at + node.nodeSize)
  }
  return (
    <NodeViewWrapper as={block ? 'div' : 'span'} className={write ? 'on' : undefined}>
      <button
        type="button"
        className="formula"
        contentEditable={false}
        disabled={!editor.isEditable}
        onClick={() => setWriting(true)}
      >
        <span className="sr">{t.formula({ latex })} </span>
        <Suspense fallback={<code>{latex}</code>}>
          {latex === '' ? (
            <span className="muted">{t.emptyFormula()}</span>
          ) : (
            <Formula {...{ latex, block }} />
          )}
        </Suspense>
      </button>
      {write && (
        <span className="maths-box" contentEditable={false}>
          <Textarea
            value={latex}
            rows={block ? 3 : 1}
            maxLength={10_000}
            spellCheck={false}
            autoFocus={writing}
            placeholder="\frac{a}{b}"
            aria-label={t.latex()}
            onChange={({ target }) => updateAttributes({ latex: target.value })}
            onBlur={() => latex.trim() === '' && deleteNode()}
            onKeyDown={(event) => {
              event.stopPropagation()
              const done = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)
              if (!done) return
              event.preventDefault()
              end()
            }}
          />
        </span>
      )}
    </NodeViewWrapper>
  )
}
