import {
  type Connection,
  issueStatus,
  MembershipError,
  type NodeStateName,
  type Service,
  timestampOf,
} from '@stoa/membership'
import type { PeerRequest } from '../../../platform/peers/peers.ts'
import type { NodeParts } from './parts.ts'
import { LIMITS, STATUS } from './protocols.ts'
import { refuse } from './refuse.ts'

/** What is told of the node. */
interface Reported {
  readonly state: { readonly name: NodeStateName }
  memberViews(): readonly {
    readonly peer_id: string
    readonly online: boolean
    readonly connection: Connection
    readonly heard: { readonly heartbeat: { readonly sent_at: string } } | undefined
    readonly services: readonly Service[]
    readonly lastError: string | undefined
  }[]
}

const LOCAL = /^\/(ip4\/127\.|ip6\/::1\/|memory\/)/

/** Answers how this node sees the cluster: to members, to the admin, and to whoever is on this machine. */
export function answerStatus(parts: NodeParts, node: Reported): () => void {
  return parts.host.handle(
    STATUS,
    async (request) => {
      try {
        requireReader(parts, request)
      } catch (error) {
        throw refuse(parts, request.peer, 'status', error)
      }
      return report(parts, node)
    },
    LIMITS[STATUS],
  )
}

function requireReader({ host, membership }: NodeParts, { peer }: PeerRequest): void {
  if (membership.isMember(peer) || membership.current?.snapshot.issuer_peer_id === peer) return
  if (host.connected().some((one) => one.peer === peer && LOCAL.test(one.address))) return
  throw new MembershipError('membership.not_member', `${peer} is no member.`)
}

function report(parts: NodeParts, node: Reported): Uint8Array {
  const { membership, scheduler, version, secretKey } = parts
  const current = membership.current
  const fields = {
    cluster_id: membership.clusterId,
    sent_at: timestampOf(scheduler.now()),
    state: node.state.name,
    version: version.slice(0, 64),
    snapshot: current
      ? {
          hash: current.hash,
          issued_at: current.snapshot.issued_at,
          issuer_peer_id: current.snapshot.issuer_peer_id,
        }
      : null,
    members: node.memberViews().map(({ peer_id, online, connection, heard, services, lastError }) => ({
      ...{ peer_id, online, connection, services },
      last_heartbeat_at: heard?.heartbeat.sent_at ?? null,
      last_error: lastError?.slice(0, 256) ?? null,
    })),
  }
  return issueStatus(fields, secretKey)
}
