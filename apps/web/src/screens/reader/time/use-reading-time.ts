import { uuidv7 } from '@stoa/kernel'
import { useEffect, useRef } from 'react'
import type { Location } from '../../../reader/engine/index.ts'
import { timeZone } from '../../entry/device.ts'
import { thisDevice } from '../place/device.ts'
import { useReaderPreferences } from '../reader-preferences.ts'
import { useReader } from '../reader-store.ts'
import { ReadingClock } from './reading-clock.ts'
import { learnSpeed, scriptOf, secondsFor } from './time-left.ts'

const TICK_MS = 5000

/** Tells the server how long one really reads. */
export function useReadingTime(): void {
  const { view, place, book } = useReader()
  useEffect(() => {
    const clock = new ReadingClock({
      bookId: book.id,
      deviceId: thisDevice().device_id,
      timeZone: timeZone(),
      newId: () => uuidv7(),
      write: (write) => void place.write(write),
    })
    const active = () => document.visibilityState === 'visible' && clock.activity(Date.now())
    const stop = () => clock.stop(Date.now())
    const seen = () => (document.visibilityState === 'hidden' ? stop() : active())
    const ticking = setInterval(() => clock.tick(Date.now()), TICK_MS)
    const off = [view.on('relocate', active), view.on('activity', active), view.on('selection', active)]
    addEventListener('pagehide', stop)
    document.addEventListener('visibilitychange', seen)
    active()
    return () => {
      for (const each of off) each()
      clearInterval(ticking)
      removeEventListener('pagehide', stop)
      document.removeEventListener('visibilitychange', seen)
      stop()
    }
  }, [view, place, book.id])
}

/** Characters of the whole book: told by the engine, else guessed from the words the server counted. */
export function useBookLength(location: Location | undefined): number {
  const { book } = useReader()
  if (location && location.length > 0) return location.length
  return (book.word_count ?? 0) * (scriptOf(book.language) === 'han' ? 1.6 : 5.8)
}

/** Seconds to the end of the chapter and of the book at the speed this reader has shown. */
export function useTimeLeft(location: Location | undefined): { chapter?: number; book?: number } {
  const { view, book } = useReader()
  const script = scriptOf(book.language ?? view.metadata.languages[0])
  const speed = useReaderPreferences((state) => state.speed[script])
  const length = useBookLength(location)
  const last = useRef<{ fraction: number; at: number }>(undefined)
  useEffect(() => {
    if (!location) return
    const before = last.current
    last.current = { fraction: location.fraction, at: Date.now() }
    if (!before || location.reason !== 'page') return
    const characters = (location.fraction - before.fraction) * length
    const learned = learnSpeed(speed, script, characters, Date.now() - before.at)
    if (learned !== speed)
      useReaderPreferences.setState(({ speed }) => ({ speed: { ...speed, [script]: learned } }))
  }, [location, length, script, speed])
  if (!location) return {}
  const chapter = secondsFor(location.remaining.section, length, speed)
  const whole = secondsFor(location.remaining.book, length, speed)
  return { ...(chapter !== undefined && { chapter }), ...(whole !== undefined && { book: whole }) }
}
