import { Button, IconButton } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { X } from 'lucide-react'
import { useOffer } from '../place/use-position.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader, useReaderState } from '../reader-store.ts'

/** Devices are apart: the later place is on screen, and the other is a quiet offer, made once. */
export function ContinueOffer() {
  const { view, store } = useReader()
  const fraction = useReaderState((state) => state.location?.fraction)
  const offer = useOffer(fraction)
  if (!offer || fraction === undefined) return null
  const { place, device, own, decide } = offer
  const go = () => {
    decide()
    store.setState({ visiting: false })
    void view.goTo(fromWire(place.locator))
  }
  const places = { here: formatPercent(fraction), percent: formatPercent(place.fraction), device }
  return (
    <div className="offer" role="status">
      <span>{own ? t.openedElsewhere(places) : t.continueFrom(places)}</span>
      <Button size="sm" variant="ink" onClick={go}>
        {own ? t.goBackThere() : t.continue()}
      </Button>
      <IconButton icon={X} size="sm" label={t.stayHere()} onClick={decide} />
    </div>
  )
}
