import type { Passage } from '../../../passages/open-passage.ts'
import { addressOf } from '../../../passages/open-passage.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader } from '../reader-store.ts'
import { goToTarget } from '../start/target.ts'

/** Goes to a passage of the book that is open, and lets it flash. */
export function useShowPassage(): (passage: Passage) => Promise<void> {
  const { view, store, flash } = useReader()
  return async (passage) => {
    store.setState({ visiting: true })
    const { signal } = new AbortController()
    const found = await goToTarget(view, addressOf(passage), fromWire(passage.locator), signal)
    if (found) flash([found])
  }
}
