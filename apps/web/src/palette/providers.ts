import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSyncExternalStore } from 'react'

/** One thing found. */
export interface Hit {
  /** Unique within its provider. */
  id: string
  icon: LucideIcon
  title: ReactNode
  /** BCP 47, when title and excerpt are in a language of their own. */
  language?: string
  /** Muted, after the title: author, chapter. */
  meta?: ReactNode
  /** One or two lines with `<mark>`s. */
  excerpt?: ReactNode
  /** Set the excerpt in the reading face: it is from a book. */
  isPassage?: boolean
  /** At the right: percent, day. */
  end?: ReactNode
  open: () => void
  openBeside?: () => void
  /** Right half of the palette while the hit is chosen. */
  preview?: () => ReactNode
}

/** Hits under one heading. */
export interface HitGroup {
  id: string
  label: string
  /** How many there are in all. */
  total?: number
  hits: readonly Hit[]
}

export interface Answer {
  groups: readonly HitGroup[]
  /** At the foot: engine, milliseconds, what is missing. */
  note?: ReactNode
}

/** Finds things for the palette. Called after a pause in typing; abort ends what is not wanted any more. */
export interface SearchProvider {
  id: string
  search(query: string, signal: AbortSignal): Promise<Answer>
  /** Chips under the box: kinds, places, time. They may keep state of their own; call `refresh` when it changes. */
  filters?: (refresh: () => void) => ReactNode
}

let providers: readonly SearchProvider[] = []
const listeners = new Set<() => void>()

/** Plugs a provider into the palette; call it at module level of a lazily loaded area or in an effect. */
export function registerSearchProvider(provider: SearchProvider): () => void {
  const set = (next: readonly SearchProvider[]) => {
    providers = next
    for (const listener of [...listeners]) listener()
  }
  set([...providers.filter(({ id }) => id !== provider.id), provider])
  return () => set(providers.filter((candidate) => candidate !== provider))
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSearchProviders = (): readonly SearchProvider[] =>
  useSyncExternalStore(subscribe, () => providers)
