import { primitives as t } from '../messages/primitives.ts'

/** The five soft inks of highlights, people and tags. CSS: class `c-amber` sets `--a` (soft) and `--c` (strong). */
export const INKS = ['amber', 'rose', 'sage', 'sky', 'violet'] as const
export type Ink = (typeof INKS)[number]

const NAMES: Record<Ink, () => string> = {
  amber: t.inkAmber,
  rose: t.inkRose,
  sage: t.inkSage,
  sky: t.inkSky,
  violet: t.inkViolet,
}

/** The ink's name in the language of the interface. */
export const inkName = (ink: Ink): string => NAMES[ink]()
