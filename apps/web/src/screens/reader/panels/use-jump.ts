import { NARROW, useMedia } from '../../../frame/use-media.ts'
import type { Target } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'

/** Goes somewhere from a panel. Where the panel lies over the text, it makes room. */
export function useJump(): (target: Target, flash?: boolean) => void {
  const { view, store, flash } = useReader()
  const narrow = useMedia(NARROW)
  return (target, flashes) => {
    store.setState({ visiting: false, marked: undefined, ...(narrow && { panel: undefined }) })
    void view.goTo(target).then((shown) => {
      if (shown && flashes && 'type' in target && target.type !== undefined) flash([target])
    })
  }
}
