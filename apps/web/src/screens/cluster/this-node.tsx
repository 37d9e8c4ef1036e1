import { formatMoment, formatRelative } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import type { Cluster } from '../../data/cluster.ts'
import { CopyLine } from './copy-line.tsx'
import { Fact } from './holdings.tsx'
import type { NameOf } from './names.ts'
import { ClusterMark } from './state-mark.tsx'

interface ThisNodeProps {
  readonly of: Cluster
  readonly nameOf: NameOf
  readonly now: number
}

/** Who this node is, how it is reached, and by which list of members it goes. */
export function ThisNode({ of, nameOf, now }: ThisNodeProps) {
  const { peer_id: peer, state_since: since, snapshot, bootstrap } = of
  const entries = bootstrap.peers.flatMap(({ addresses }) => addresses)
  return (
    <section aria-labelledby="cluster-this">
      <div className="h">
        <h2 id="cluster-this">{t.thisNode()}</h2>
      </div>
      <dl className="facts wide">
        {of.cluster_id !== null && <Fact name={t.ofCluster()}>{of.cluster_id}</Fact>}
        <Fact
          name={t.nodeState()}
          hint={
            since !== null && (
              <time title={formatMoment(Date.parse(since))}>
                {t.stateSince({ when: formatMoment(Date.parse(since)) })}
              </time>
            )
          }
        >
          <ClusterMark of={of} />
        </Fact>
        <Fact name={t.version()}>{of.version}</Fact>
        {peer !== null && (
          <Fact name={t.nodeId()}>
            <CopyLine text={peer} label={t.copyId()} />
          </Fact>
        )}
        {of.configured && (
          <>
            <Fact name={t.addresses()}>
              <Addresses of={of.addresses} none={t.addressesNone()} />
            </Fact>
            <Fact name={t.entries()}>
              <Addresses of={entries} none={t.entriesNone()} />
            </Fact>
            <Fact name={t.snapshot()} hint={snapshot && <Proof of={snapshot} now={now} />}>
              {snapshot ? (
                t.snapshotOf({
                  when: formatMoment(Date.parse(snapshot.issued_at)),
                  name: nameOf(snapshot.issuer_peer_id),
                })
              ) : (
                <span className="muted">{t.snapshotNone()}</span>
              )}
            </Fact>
          </>
        )}
      </dl>
    </section>
  )
}

function Addresses({ of, none }: { of: readonly string[]; none: string }) {
  if (of.length === 0) return <span className="muted">{none}</span>
  return [...new Set(of)].map((address) => <code key={address}>{address.replace(/\/p2p\/[^/]+$/, '')}</code>)
}

function Proof({ of, now }: { of: NonNullable<Cluster['snapshot']>; now: number }) {
  const end = of.proof_not_after
  return (
    <>
      {end !== null && (
        <time title={formatMoment(Date.parse(end))}>
          {t.proofUntil({ when: formatRelative(Date.parse(end), now) })}
        </time>
      )}
      {of.revoked.length > 0 && <span>{t.revoked({ count: of.revoked.length })}</span>}
    </>
  )
}
