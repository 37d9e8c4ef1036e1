import { Icon } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { type ClusterPresence, clusterPresenceQuery } from '../../data/cluster.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { agoText } from './amounts.ts'
import { errorWords } from './error-words.ts'
import type { NameOf } from './names.ts'
import { RowGhosts } from './row-ghosts.tsx'

const SHOWN = 12

/** Who came and went, and why. */
export function Lately({ nameOf, now }: { nameOf: NameOf; now: number }) {
  const { data, error, refetch } = useQuery(clusterPresenceQuery)
  return (
    <section aria-labelledby="cluster-lately">
      <div className="h">
        <h2 id="cluster-lately">{t.lately()}</h2>
      </div>
      {!data && error ? (
        <LoadError error={error} retry={refetch} />
      ) : !data ? (
        <RowGhosts />
      ) : data.items.length === 0 ? (
        <p className="muted none">{t.nothingLately()}</p>
      ) : (
        <ul className="lines">
          {data.items.slice(0, SHOWN).map((one) => (
            <PresenceRow key={one.id} of={one} nameOf={nameOf} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

function PresenceRow({ of, nameOf, now }: { of: ClusterPresence; nameOf: NameOf; now: number }) {
  const came = of.kind === 'online'
  const name = nameOf(of.peer_id)
  const at = Date.parse(of.at)
  return (
    <li>
      <Icon of={came ? CircleCheck : CircleDashed} size="s" />
      <div className="what">
        <span>{came ? t.cameOnline({ name }) : t.wentOffline({ name })}</span>
        <span className="hint">{errorWords(of.reason)}</span>
      </div>
      <div className="meta num muted">
        <time title={formatMoment(at)}>{agoText(at, now)}</time>
      </div>
    </li>
  )
}
