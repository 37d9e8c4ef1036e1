import type { ContentFetch } from '../../data/cluster.ts'

/** Where a content stands now. `gone`: it came, and was given up for room since. */
export type FetchStanding = 'running' | 'here' | 'gone' | 'failed'

/** All fetches of one content, told by the last of them. */
export interface FetchLine {
  readonly cid: string
  readonly standing: FetchStanding
  readonly last: ContentFetch
  /** How often it was asked for, as far back as is remembered. */
  readonly tries: number
  /** When it was asked for first. Milliseconds since 1970. */
  readonly since: number
  /** Something still names it, so asking again may bring it. */
  readonly retriable: boolean
}

/** One line for each content, the last asked for first; `fetches` come the newest first. */
export function fetchLines(fetches: readonly ContentFetch[]): FetchLine[] {
  const byCid = new Map<string, ContentFetch[]>()
  for (const fetch of fetches) {
    const known = byCid.get(fetch.content_cid)
    if (known) known.push(fetch)
    else byCid.set(fetch.content_cid, [fetch])
  }
  return [...byCid.values()].flatMap((all) => lineOf(all) ?? [])
}

function lineOf(all: readonly ContentFetch[]): FetchLine | undefined {
  const [last] = all
  const first = all.at(-1)
  if (!last || !first) return undefined
  const standing = standingOf(last)
  return {
    ...{ cid: last.content_cid, standing, last, tries: all.length, since: Date.parse(first.started_at) },
    retriable:
      (standing === 'failed' || standing === 'gone') && last.use !== null && last.reason !== 'deleted',
  }
}

function standingOf({ outcome, here }: ContentFetch): FetchStanding {
  if (outcome === 'running') return 'running'
  if (here) return 'here'
  return outcome === 'fetched' ? 'gone' : 'failed'
}

export type FetchFilter = 'all' | 'failed'

export const filterFetches = (lines: readonly FetchLine[], filter: FetchFilter): readonly FetchLine[] =>
  filter === 'all' ? lines : lines.filter(({ standing }) => standing === 'failed')
