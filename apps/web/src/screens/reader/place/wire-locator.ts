import type { Locator } from '@stoa/locators'
import type { Locator as WireLocator } from '../../../offline/types.ts'

/** Boxes of a passage the contract takes; a longer one is found by its words. */
const MOST_QUADS = 500

/** The engine's locator as the API writes it. */
export function toWire(locator: Locator): WireLocator {
  if (locator.type === 'epub') {
    const { type, cfi, sectionIndex, fraction } = locator
    return {
      type,
      cfi,
      ...(sectionIndex !== undefined && { section_index: sectionIndex }),
      ...(fraction !== undefined && { fraction }),
    }
  }
  const { type, page, start, end, quads, fraction } = locator
  return {
    type,
    page,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(quads && { quads: quads.slice(0, MOST_QUADS).map((quad) => [...quad]) }),
    ...(fraction !== undefined && { fraction }),
  }
}

/** A locator of the API as the engine takes it. */
export function fromWire(locator: WireLocator): Locator {
  if (locator.type === 'epub') {
    const { type, cfi, section_index, fraction } = locator
    return {
      type,
      cfi,
      ...(section_index !== undefined && { sectionIndex: section_index }),
      ...(fraction !== undefined && { fraction }),
    }
  }
  const { type, page, start, end, quads, fraction } = locator
  return {
    type,
    page,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(quads && {
      quads: quads.map(
        ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]) => [a, b, c, d, e, f, g, h] as const,
      ),
    }),
    ...(fraction !== undefined && { fraction }),
  }
}
