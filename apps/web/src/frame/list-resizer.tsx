import { shell as t } from '@stoa/ui/messages/shell'
import type { KeyboardEvent, PointerEvent } from 'react'
import { LIST_WIDTH, usePreferences } from '../data/preferences.ts'

const clamp = (width: number) => Math.round(Math.min(LIST_WIDTH.max, Math.max(LIST_WIDTH.min, width)))
const setWidth = (width: number) => usePreferences.setState({ listWidth: clamp(width) })

/** The edge of the list column: drag it, or use the arrow keys; a double click restores the usual width. */
export function ListResizer() {
  const width = usePreferences((preferences) => preferences.listWidth)
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const edge = event.currentTarget
    const from = event.clientX
    edge.setPointerCapture(event.pointerId)
    const onMove = (move: globalThis.PointerEvent) => setWidth(width + move.clientX - from)
    edge.addEventListener('pointermove', onMove)
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', onMove), {
      once: true,
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0
    if (step === 0) return
    event.preventDefault()
    setWidth(width + step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget, <hr> is not
    <div
      className="edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t.listWidth()}
      aria-valuenow={width}
      aria-valuemin={LIST_WIDTH.min}
      aria-valuemax={LIST_WIDTH.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setWidth(LIST_WIDTH.usual)}
    />
  )
}
