import { useEffect } from 'react'
import { useReader } from '../reader-store.ts'

/** The bars go after so long without a move. */
const REST_MS = 3500
/** Shares of the width at which a finger turns the page; a mouse has its wheel and gets narrower ones. */
const ZONE = { touch: 0.28, mouse: 0.12 } as const

/** Shows the bars on a move or a tap, and hides them while one reads. Taps at the sides turn the page. */
export function useChrome(): void {
  const { view, store } = useReader()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const busy = () => {
      const { panel, look, marked, selection } = store.getState()
      const inBars = document.activeElement?.closest('.chrome, .scrub') != null
      return panel !== undefined || look || marked !== undefined || selection !== null || inBars
    }
    const rest = () => {
      clearTimeout(timer)
      timer = setTimeout(() => (busy() ? rest() : store.setState({ chrome: false })), REST_MS)
    }
    const wake = () => {
      if (!store.getState().chrome) store.setState({ chrome: true })
      rest()
    }
    const moved = ({ pointerType }: PointerEvent) => pointerType === 'mouse' && wake()
    const off = [
      view.on('activity', ({ pointer }) => pointer === 'mouse' && wake()),
      view.on('tap', ({ x, pointer }) => {
        const { chrome, marked, footnote } = store.getState()
        if (marked || footnote) return store.setState({ marked: undefined, footnote: undefined })
        const zone = pointer === 'touch' ? ZONE.touch : ZONE.mouse
        const turns = view.style.flow === 'paginated'
        if (turns && x < zone) return void view.goLeft()
        if (turns && x > 1 - zone) return void view.goRight()
        store.setState({ chrome: !chrome })
        rest()
      }),
    ]
    addEventListener('pointermove', moved)
    rest()
    return () => {
      clearTimeout(timer)
      removeEventListener('pointermove', moved)
      for (const each of off) each()
    }
  }, [view, store])
}
