import type { TimelineSnapshot } from '@stoa/sdk'
import { useMemo, useRef } from 'react'
import { type LineOptions, type StreamLine, streamLines } from './lines.ts'
import type { Target } from './use-opening.ts'

/**
 * The lines around where one stands: first where one asked to go, then what is on screen, so that what comes to be held
 * elsewhere in the room does not take its place.
 */
export function useLines(timeline: TimelineSnapshot, options: LineOptions, target: Target) {
  const { accountId, readUntil, hidden } = options
  const place = useRef<{ target: Target; sequence: number | undefined }>(undefined)
  if (place.current?.target !== target) place.current = { target, sequence: target.sequence }
  const stand = place.current
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new target brings other lines, scrolling does not
  const found = useMemo(
    () => streamLines(timeline, { accountId, readUntil, around: stand.sequence, ...(hidden && { hidden }) }),
    [timeline, accountId, readUntil, hidden, target],
  )
  /** Told which line is on screen. */
  const seen = (index: number) => {
    stand.sequence = nearest(found.lines, index) ?? stand.sequence
  }
  return { ...found, seen }
}

/** The sequence of the message at a line, or of the one above it. */
function nearest(lines: readonly StreamLine[], index: number): number | undefined {
  const line = lines.slice(0, index + 1).findLast(({ kind }) => kind === 'message')
  return line?.kind === 'message' ? line.message.sequence : undefined
}
