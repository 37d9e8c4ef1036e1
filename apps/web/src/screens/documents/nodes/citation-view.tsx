import { Citation, type CitationAttributes } from '@stoa/document-schema'
import { CitationCard } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react'
import { useContext } from 'react'
import { OpenPassage } from '../../../passages/open-passage.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { passageOf } from './passage-of.ts'

/** A passage as a card that opens the book at it. */
export const CitationWithView = Citation.extend({
  addNodeView: () => ReactNodeViewRenderer(CitationView, { className: 'node-citation' }),
})

function CitationView({ node, selected }: NodeViewProps) {
  return (
    <NodeViewWrapper data-drag-handle className={selected ? 'on' : undefined}>
      <Passage of={node.attrs} />
    </NodeViewWrapper>
  )
}

/** The card of a citation in a document. */
export function Passage({ of: attrs }: { of: Partial<CitationAttributes> }) {
  const open = useContext(OpenPassage)
  const passage = passageOf(attrs)
  if (!passage) return null
  const { quote, locator } = passage
  const language = scriptLanguage(quote.exact)
  const { fraction } = locator
  return (
    <CitationCard
      title={attrs.book_title ?? ''}
      author={(attrs.book_authors ?? []).join(', ')}
      quote={quote.exact}
      onOpen={() => open(passage)}
      {...(attrs.chapter && { place: attrs.chapter })}
      {...(fraction !== undefined && { by: formatPercent(fraction) })}
      {...(language && { language })}
    />
  )
}
