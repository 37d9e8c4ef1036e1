import clsx from 'clsx'
import type { ReactNode } from 'react'
import { hash32 } from '../cover/hash.ts'
import { INKS, type Ink } from './inks.ts'

const HAN = /\p{Script=Han}/u

/** Initials: the first letters of the first and last word; for a Han name its last one (given name) or first character. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]
  if (first === undefined) return '?'
  if (HAN.test(first)) return [...first][0] ?? '?'
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return (([...first][0] ?? '') + (last ? ([...last][0] ?? '') : '')).toUpperCase() || '?'
}

/** A person's ink, the same everywhere, from an id or a name. */
export const inkOf = (seed: string): Ink => INKS[hash32(seed) % INKS.length] ?? 'amber'

export interface AvatarProps {
  name: string
  /** What decides the colour; default the name. */
  seed?: string
  /** 18, 22, 28, 36 px. */
  size?: 'xs' | 's' | 'm' | 'l'
  /** A green dot: here now. Say it in words too. */
  here?: boolean
}

/** Initials on a soft ink. Decorative: the name stands beside it. */
export function Avatar({ name, seed = name, size = 'm', here }: AvatarProps) {
  const initials = initialsOf(name)
  const classes = clsx(
    'av',
    `c-${inkOf(seed)}`,
    HAN.test(initials) && 'han',
    size !== 'm' && size,
    here && 'here',
  )
  return (
    <span className={classes} aria-hidden="true">
      {initials}
    </span>
  )
}

/** A word on a soft ground. */
export const Badge = ({ tone, children }: { tone?: 'ok' | 'warn' | 'bad'; children: ReactNode }) => (
  <span className={clsx('badge', tone)}>{children}</span>
)

/** How many: on a rail entry or a row. `me` (clay) only for what mentions the reader. */
export const Count = ({ me, children }: { me?: boolean; children: ReactNode }) => (
  <span className={clsx('count', me && 'me')}>{children}</span>
)
