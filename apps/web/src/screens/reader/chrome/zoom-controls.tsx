import { Button, entries, IconButton, Menu } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { Minus, Plus } from 'lucide-react'
import { useReaderPreferences } from '../reader-preferences.ts'

const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const
const OFFERED = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

/** The next step of the scale from any zoom; from a fitted page it begins at natural size. */
export function nextZoom(zoom: number | 'fit-width' | 'fit-page', direction: 1 | -1): number {
  const now = typeof zoom === 'number' ? zoom : 1
  const further = STEPS.filter((step) => (direction === 1 ? step > now + 0.001 : step < now - 0.001))
  return (direction === 1 ? further[0] : further.at(-1)) ?? now
}

export function changeZoom(direction: 1 | -1): void {
  useReaderPreferences.setState(({ pdfZoom }) => ({ pdfZoom: nextZoom(pdfZoom, direction) }))
}

/** Smaller, how large, larger: for files whose pages are fixed. */
export function ZoomControls() {
  const { pdfZoom } = useReaderPreferences()
  const set = (pdfZoom: number | 'fit-width' | 'fit-page') => () => useReaderPreferences.setState({ pdfZoom })
  const shown =
    pdfZoom === 'fit-width' ? t.fitWidth() : pdfZoom === 'fit-page' ? t.fitPage() : formatPercent(pdfZoom)
  return (
    <span className="zoom no-m">
      <IconButton icon={Minus} label={t.zoomOut()} shortcut="-" onClick={() => changeZoom(-1)} />
      <Menu
        align="center"
        trigger={
          <Button variant="ghost" size="sm" className="num" aria-label={`${t.zoom()}: ${shown}`}>
            {shown}
          </Button>
        }
        items={entries(
          { label: t.fitWidth(), checked: pdfZoom === 'fit-width', onSelect: set('fit-width') },
          { label: t.fitPage(), checked: pdfZoom === 'fit-page', onSelect: set('fit-page') },
          'separator',
          ...OFFERED.map((zoom) => ({
            label: formatPercent(zoom),
            checked: pdfZoom === zoom,
            onSelect: set(zoom),
          })),
        )}
      />
      <IconButton icon={Plus} label={t.zoomIn()} shortcut="+" onClick={() => changeZoom(1)} />
    </span>
  )
}
