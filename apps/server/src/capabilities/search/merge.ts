import type { components } from '@stoa/contracts'

export type SearchHit = components['schemas']['SearchHit']
export type SearchKind = components['schemas']['SearchKind']

/** Kinds are scored on scales of their own. Where all else is equal, what one made oneself comes before the whole library. */
const PRIOR: Readonly<Record<SearchKind, number>> = {
  book: 1.15,
  note: 1.1,
  highlight: 1.05,
  message: 1.05,
  document: 1.1,
  post: 1.05,
  passage: 1,
  tag: 0.9,
}

/** Anything that can be put in order before it is fetched. */
export interface Ranked {
  readonly kind: SearchKind
  readonly id: string
  readonly score: number
}

/** One list out of several: each kind's scores measured against its best, so that every kind's best stand near the top. */
export function mergeKinds<Hit extends Ranked>(hits: readonly Hit[]): Hit[] {
  const best = new Map<SearchKind, number>()
  for (const { kind, score } of hits) best.set(kind, Math.max(best.get(kind) ?? Number.EPSILON, score))
  return hits
    .map((hit) => ({ ...hit, score: (hit.score / (best.get(hit.kind) ?? 1)) * PRIOR[hit.kind] }))
    .sort((a, b) => b.score - a.score || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id))
}
