import { ExternalLink } from './external-link.tsx'
import { FootnotePop } from './footnote-pop.tsx'
import { ImageZoom } from './image-zoom.tsx'
import { MarkCard } from './mark-card.tsx'
import { SelectionBar } from './selection-bar.tsx'

/** All that may stand over the page. */
export function Floating() {
  return (
    <>
      <SelectionBar />
      <MarkCard />
      <FootnotePop />
      <ImageZoom />
      <ExternalLink />
    </>
  )
}
