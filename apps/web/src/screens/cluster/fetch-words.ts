import { cluster as t } from '@stoa/ui/messages/cluster'
import type { FetchReason } from '../../data/boards.ts'
import type { ContentFetch } from '../../data/cluster.ts'
import { reasonText } from '../boards/post/reason-text.ts'
import { agoText, spanText } from './amounts.ts'
import type { FetchLine } from './fetches.ts'
import type { NameOf } from './names.ts'

const WHY: Readonly<Record<FetchReason, () => string>> = {
  no_peers: t.whyNoPeers,
  not_found: t.whyNotFound,
  timeout: t.whyTimeout,
  stalled: t.whyStalled,
  wrong_bytes: t.whyWrongBytes,
  too_large: t.whyTooLarge,
  refused: t.whyRefused,
  busy: t.whyBusy,
  failed: t.whyFailed,
  deleted: t.whyDeleted,
  local_failure: t.whyLocalFailure,
}

/** Under a tenth of a second nobody wonders how long it took. */
const WORTH_TELLING = 0.1
const MOST_ATTEMPTS = 4

/** What was fetched. */
export function subjectOf({ use }: ContentFetch): string {
  if (use === null) return t.partNone()
  const { title, part } = use
  if (part === 'image') return t.partImage({ title })
  return part === 'comment' ? t.partComment({ title }) : t.partPost({ title })
}

/** What the nodes said that did not give it, each once: `teo-vps: no answer in time (4 s)`. */
export function attemptTexts({ attempts }: Pick<ContentFetch, 'attempts'>, nameOf: NameOf): string[] {
  const texts = new Map<string, string>()
  for (const { peer_id, reason, seconds } of attempts) {
    const why = reason === null ? t.attemptsNone() : WHY[reason]()
    const said = { name: nameOf(peer_id), reason: why }
    const text =
      seconds >= WORTH_TELLING ? t.attemptTime({ ...said, time: spanText(seconds) }) : t.attempt(said)
    texts.set(`${peer_id} ${reason}`, text)
  }
  return [...texts.values()].slice(0, MOST_ATTEMPTS)
}

/** How it went, in a sentence or two. */
export function outcomeText(
  { last, standing, tries, since }: FetchLine,
  nameOf: NameOf,
  now: number,
): string {
  const tried = attemptTexts(last, nameOf).join(' · ')
  const often = tries > 1 ? t.tried({ count: tries, when: agoText(since, now) }) : ''
  const details = standing === 'failed' ? joined([tried, often], ' · ') : ''
  return joined([headOf(), details], ' ')

  function headOf(): string {
    if (standing === 'running') return t.fetching()
    if (standing === 'gone') return t.gaveUp()
    if (standing === 'failed') return reasonText(last.reason)
    // It came by another way than the fetch that is remembered.
    if (last.outcome === 'failed' || last.peer_id === null) return t.cameLater()
    const name = nameOf(last.peer_id)
    return tried ? t.cameAfter({ name, tried }) : t.came({ name })
  }
}

const joined = (parts: readonly string[], between: string): string =>
  parts.filter((part) => part !== '').join(between)
