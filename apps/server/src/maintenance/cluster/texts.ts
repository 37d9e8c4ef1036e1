import type { Status } from '@stoa/membership'
import type { Changed, Founded, Joined } from './commands.ts'
import type { Contact } from './contact.ts'

/** What the terminal says. */
export const USAGE = `stoa cluster init [--name NAME] [--node-name NAME] [--domain DOMAIN] [--address MULTIADDR]… [--days N]
stoa cluster join INVITATION|BUNDLE [--node-name NAME] [--address MULTIADDR]…
stoa cluster snapshot [--add PEER_ID=NAME]… [--pardon PEER_ID]… [--json]
stoa cluster members [--json]
stoa cluster status [--json]
stoa cluster revoke MEMBER [--reason TEXT]
stoa cluster rotate-admin [--days N]
Each takes --data FOLDER, the data folder of the installation.`

export function founded(
  { cluster, peer, addresses, invitation, bundle, folder, running }: Founded,
  domain?: string,
): string {
  return [
    `The cluster ${cluster.clusterId} is founded; this node is ${peer}.`,
    running ? 'The running program has taken it up.' : 'Start stoa: it takes the cluster up by itself.',
    '',
    'Others join with (nothing in it is secret):',
    `  stoa cluster join ${invitation}`,
    '',
    `DNS, so that nodes find it under a name (TXT records of _dnsaddr.${domain ?? 'YOUR-DOMAIN'}):`,
    ...addresses.map((address) => `  _dnsaddr.${domain ?? 'YOUR-DOMAIN'}. IN TXT "dnsaddr=${address}"`),
    '',
    'Admin bundle. Whoever has it decides who is a member: keep it as you keep a password.',
    `  ${bundle}`,
    '',
    `Kept in ${folder}: system.key (move it to a place that is not connected), admin.bundle, node.key.`,
  ].join('\n')
}

export function joined({ cluster, peer, addresses, running, delivery }: Joined, nodeName: string): string {
  const started = running
    ? 'The running program has taken it up.'
    : 'Start stoa: it takes the cluster up by itself.'
  const head = [`This node is ${peer}, of the cluster ${cluster.clusterId}.`, started]
  if (delivery) return [...head, `It was let in by ${delivery.accepted.length} node(s).`].join('\n')
  return [
    ...head,
    'It is no member before the admin lets it in, where the cluster was founded:',
    `  stoa cluster snapshot --add '${peer}=${nodeName}@${addresses.join(',')}'`,
  ].join('\n')
}

export function changed({ snapshot, delivery }: Changed): string {
  const { issued_at, members, revoked } = snapshot.snapshot
  return [
    `Snapshot of ${issued_at}: ${members.length} member(s), ${revoked.length} revoked.`,
    `In force on ${delivery.accepted.length} node(s); the others take it from them.`,
    ...delivery.refused.map(({ peer, reason }) => `Refused by ${peer}: ${reason}`),
  ].join('\n')
}

export function rotated(result: Changed & { readonly bundle: string }): string {
  return [
    changed(result),
    'The bundle from before can change nothing any more. The new one:',
    `  ${result.bundle}`,
  ].join('\n')
}

export function snapshot({ membership, reached }: Contact, json: boolean): string {
  const current = membership.current
  if (!current) return json ? 'null' : 'No node tells of a snapshot.'
  const { admin_proof, sig: _, ...rest } = current.snapshot
  const view = {
    ...rest,
    hash: hex(current.hash),
    epoch: admin_proof?.epoch ?? 0,
    proof_not_after: admin_proof?.not_after ?? null,
  }
  if (json) return JSON.stringify({ ...view, reached })
  const lines = [
    `cluster    ${view.cluster_id}`,
    `issued     ${view.issued_at} by ${view.issuer_peer_id}`,
    `epoch      ${view.epoch}; the admin's proof ends ${view.proof_not_after ?? 'never'}`,
    `hash       ${view.hash}`,
    `members    ${view.members.length}`,
    ...view.revoked.map(({ peer_id, revoked_at, reason }) => `revoked    ${peer_id} ${revoked_at} ${reason}`),
  ]
  return lines.join('\n')
}

export function members({ membership, reached }: Contact, json: boolean): string {
  const list = membership.members.map((one) => ({ ...one, reached: reached.includes(one.peer_id) }))
  if (json) return JSON.stringify(list)
  if (list.length === 0)
    return 'No members are known: no node of the cluster answers, or none has a snapshot.'
  return list
    .map(({ name, peer_id, reached: answers, addresses }) =>
      [
        `${name}  ${peer_id}  ${answers ? 'answers' : 'does not answer'}`,
        ...addresses.map((one) => `    ${one}`),
      ].join('\n'),
    )
    .join('\n')
}

type Answer = Status | { readonly peer_id: string; readonly reason: string }

export function statuses(answers: readonly Answer[], { membership }: Contact, json: boolean): string {
  if (json) return JSON.stringify(answers.map(plain))
  if (answers.length === 0) return 'No node of the cluster answers.'
  const names = new Map(membership.members.map(({ peer_id, name }) => [peer_id, name]))
  const nameOf = (peer: string) => names.get(peer) ?? peer
  return answers
    .map((answer) => {
      if ('reason' in answer) return `${nameOf(answer.peer_id)}  does not say: ${answer.reason}`
      const online = answer.members.filter((one) => one.online).length
      const head = `${nameOf(answer.peer_id)}  ${answer.state}  ${online} of ${answer.members.length} online  ${answer.version}`
      const rows = answer.members.map(
        ({ peer_id, online: isOnline, connection, last_error }) =>
          `    ${nameOf(peer_id)}  ${isOnline ? 'online' : 'offline'}  ${connection}${last_error ? `  ${last_error}` : ''}`,
      )
      return [head, ...rows].join('\n')
    })
    .join('\n')
}

function plain(answer: Answer) {
  if ('reason' in answer) return answer
  const { sig: _, snapshot: seen, ...rest } = answer
  return { ...rest, snapshot: seen && { ...seen, hash: hex(seen.hash) } }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
