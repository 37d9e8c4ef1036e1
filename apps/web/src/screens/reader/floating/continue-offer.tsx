import { Button, IconButton } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useFurtherPlace } from '../place/use-position.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader, useReaderState } from '../reader-store.ts'

/** Another device is further on: a quiet offer, made once for each of its places. */
export function ContinueOffer() {
  const { view, store } = useReader()
  const fraction = useReaderState((state) => state.location?.fraction)
  const further = useFurtherPlace(fraction)
  const [declined, setDeclined] = useState<string>()
  if (!further || declined === further.recorded_at) return null
  const decline = () => setDeclined(further.recorded_at)
  const go = () => {
    decline()
    store.setState({ visiting: false })
    void view.goTo(fromWire(further.locator))
  }
  return (
    <div className="offer" role="status">
      <span>{t.continueFrom({ percent: formatPercent(further.fraction), device: further.device_name })}</span>
      <Button size="sm" variant="ink" onClick={go}>
        {t.continue()}
      </Button>
      <IconButton icon={X} size="sm" label={t.stayHere()} onClick={decline} />
    </div>
  )
}
