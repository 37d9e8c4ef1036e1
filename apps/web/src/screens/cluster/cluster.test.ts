import { setLocale } from '@stoa/ui/messages'
import { describe, expect, it } from 'vitest'
import { agoText, roundTripText, shortId, spanParts, spanText } from './amounts.ts'
import { errorWords } from './error-words.ts'
import { attemptTexts, outcomeText, subjectOf } from './fetch-words.ts'
import { fetchLines, filterFetches } from './fetches.ts'
import { cluster, content, contentPeer, fetched, member, NAS, PI, SELF, TEO } from './mock.ts'
import { namesOf } from './names.ts'
import { countNodes, nodeLines } from './nodes.ts'
import { HEIGHT, roundUp, SPAN_MS, trendShape, WIDTH } from './trend.ts'
import { isRetried, troublesOf } from './troubles.ts'

const NOW = Date.parse('2026-11-21T14:05:00Z')
const self = member(SELF, 'desk', { connection: 'self' })
const nameOf = namesOf([self, member(NAS, 'nas'), member(TEO, 'teo')])
const away = { online: false, connection: 'none', round_trip_ms: null } as const

describe('amounts', () => {
  it('says spans in the unit that fits', () => {
    expect([0, 0.42, 3.14, 42, 18 * 60, 7500, 9 * 86_400].map(spanText)).toEqual([
      ...['0 s', '420 ms', '3.1 s', '42 s', '18 min', '2 hr 5 min', '9 days'],
    ])
    expect(spanParts(0.42)).toEqual({ value: '420', unit: 'ms' })
    expect(spanParts(7500)).toEqual({ value: '2 hr 5 min', unit: '' })
    setLocale('zh')
    expect(spanText(3.14)).toMatch(/^3\.1\s?秒$/)
    expect(agoText(NOW - 4000, NOW)).toBe('4 秒前')
  })

  it('says how long ago, and never that something was a moment in the future', () => {
    expect(agoText(NOW + 3000, NOW)).toBe('just now')
    expect(agoText(NOW - 11_000, NOW)).toBe('11 s ago')
    expect(agoText(NOW - 18 * 60_000, NOW)).toBe('18 minutes ago')
  })

  it('has a dash for what was not measured', () => {
    expect(roundTripText(null)).toBe('—')
    expect(roundTripText(0.2)).toBe('1 ms')
    expect(shortId(NAS)).toMatch(/^12D3….9vA$/)
  })
})

describe('the table of nodes', () => {
  const peers = [
    contentPeer(NAS),
    contentPeer(TEO, { lag_seconds: 12, missing: 3 }),
    contentPeer(PI, { path: null, lag_seconds: 1080, missing: 5 }),
  ]
  const members = [
    ...[
      member(PI, 'pi', { ...away, last_error: 'peers.closed' }),
      member(TEO, 'teo'),
      member(NAS, 'nas'),
      self,
    ],
  ]
  const guest = {
    ...{
      peer_id: 'stranger',
      address: '',
      path: 'relayed' as const,
      member: false,
      connected_at: '',
      round_trip_ms: 5,
    },
    ...{ faults: 0, last_fault: null, banned_until: null },
  } as const
  const lines = nodeLines({ members, peers: [guest], own: undefined, content: content({ peers }) })
  const behind = (name: string) => lines.find((line) => line.name === name)?.behind

  it('stands with this node first and guests last', () => {
    expect(lines.map(({ name }) => name)).toEqual(['desk', 'nas', 'teo', 'pi', 'stranger'])
    expect(countNodes(lines)).toEqual({ members: 4, guests: 1, direct: 2, relayed: 1 })
  })

  it('tells the lag, and the count of what is missing only of who can say it now', () => {
    expect(behind('desk')).toEqual({ kind: 'itself' })
    expect(behind('nas')).toEqual({ kind: 'in-step' })
    expect(behind('teo')).toEqual({ kind: 'behind', seconds: 12, missing: 3 })
    expect(behind('pi')).toEqual({ kind: 'behind', seconds: 1080, missing: null })
    expect(behind('stranger')).toEqual({ kind: 'unknown' })
  })

  it('says unknown of a node that never said what it holds, and nothing where boards do not travel', () => {
    const unheard = contentPeer(NAS, { lag_seconds: 4, records: null, in_step_at: null })
    const of = (given: Parameters<typeof content>[0]) =>
      nodeLines({ members: [member(NAS, 'nas')], peers: [], own: undefined, content: content(given) })[0]
        ?.behind
    expect(of({ peers: [unheard] })).toEqual({ kind: 'unknown' })
    expect(of({ peers: [] })).toEqual({ kind: 'unknown' })
    expect(of({ peers: [], replicating: false })).toEqual({ kind: 'off' })
  })

  it('tells who is connected and silent from who is away', () => {
    const presence = (given: Parameters<typeof member>[2]) =>
      nodeLines({ members: [member(NAS, 'nas', given)], peers: [], own: undefined, content: undefined })[0]
        ?.presence
    expect(presence({})).toBe('healthy')
    expect(presence({ state: null })).toBe('online')
    expect(presence({ online: false })).toBe('silent')
    expect(presence(away)).toBe('offline')
  })
})

describe('what needs attention', () => {
  const kinds = (...args: Parameters<typeof troublesOf>) => troublesOf(...args).map(({ kind }) => kind)
  const linesOf = (peer: Parameters<typeof contentPeer>[1], given: Parameters<typeof member>[2] = {}) =>
    nodeLines({
      members: [self, member(NAS, 'nas', given)],
      peers: [],
      own: undefined,
      content: content({ peers: [contentPeer(NAS, peer)] }),
    })

  it('is nothing while all is well', () => {
    expect(kinds(cluster(), linesOf({}), content(), NOW)).toEqual([])
    expect(kinds(cluster(), linesOf({ lag_seconds: 30, missing: 2 }), content(), NOW)).toEqual([])
  })

  it('names who is away, and who is connected and yet behind for long', () => {
    expect(kinds(cluster(), linesOf({ path: null, lag_seconds: 900 }, away), content(), NOW)).toEqual([
      'away',
    ])
    const [late] = troublesOf(cluster(), linesOf({ lag_seconds: 900, missing: 7 }), content(), NOW)
    expect(late).toMatchObject({ kind: 'behind', seconds: 900, missing: 7, node: { name: 'nas' } })
    expect(late && isRetried(late)).toBe(true)
  })

  it('puts why the node is not healthy before everything else', () => {
    const reason = { code: 'no_majority', text: '' } as const
    const faults = [{ entry: 'home.example', reason: 'no answer' }]
    const state = cluster({ state: 'degraded', reason, online: 1, bootstrap: { peers: [], faults } })
    expect(kinds(state, linesOf({ lag_seconds: 900 }, away), content(), NOW)).toEqual([
      'no_majority',
      'away',
      'entries',
    ])
    const failed = cluster({ reason: { code: 'start_failed', text: 'port' } })
    expect(troublesOf(failed, [], undefined, NOW)).toEqual([{ kind: 'start_failed', text: 'port' }])
  })

  it('warns of a full cache and of a proof that ends', () => {
    const cache = { ...content().cache, bytes: 20, budget: 10 }
    expect(kinds(cluster(), [], content({ cache }), NOW)).toEqual(['over_budget'])
    const proof = (days: number) => {
      const snapshot = cluster().snapshot
      const proof_not_after = new Date(NOW + days * 86_400_000).toISOString()
      return troublesOf(
        cluster({ snapshot: snapshot && { ...snapshot, proof_not_after } }),
        [],
        undefined,
        NOW,
      )
    }
    expect(proof(31)).toEqual([])
    expect(proof(3)).toMatchObject([{ kind: 'proof', ended: false }])
    expect(proof(-1)).toMatchObject([{ kind: 'proof', ended: true }])
  })
})

describe('fetches', () => {
  const use = { board_id: 'b', post_id: 'p', title: 'Pond', part: 'image' } as const
  const lost = { here: false, outcome: 'failed', reason: 'not_found', peer_id: null, use } as const
  const attempts = [
    { peer_id: TEO, reason: 'timeout', seconds: 4 },
    { peer_id: NAS, reason: 'not_found', seconds: 0.01 },
    { peer_id: TEO, reason: 'timeout', seconds: 4 },
  ] as const

  it('make one line for each content, told by the last', () => {
    const [first, second] = fetchLines([fetched(1, 1, lost), fetched(2, 2), fetched(1, 9, lost)])
    expect(first).toMatchObject({ standing: 'failed', tries: 2, retriable: true })
    expect(first?.since).toBe(NOW - 9 * 60_000)
    expect(second).toMatchObject({ standing: 'here', tries: 1, retriable: false })
  })

  it('are not failed when the content came by another one, nor to be tried when nothing names it', () => {
    const lines = fetchLines([
      ...[fetched(1, 1, { ...lost, here: true }), fetched(2, 1, { ...lost, use: null })],
      ...[fetched(3, 1, { here: false, use }), fetched(4, 1, { ...lost, reason: 'deleted' })],
    ])
    expect(lines.map(({ standing, retriable }) => [standing, retriable])).toEqual([
      ...[
        ['here', false],
        ['failed', false],
      ],
      ...[
        ['gone', true],
        ['failed', false],
      ],
    ])
    expect(filterFetches(lines, 'failed')).toHaveLength(2)
    expect(lines[0] && outcomeText(lines[0], nameOf, NOW)).toBe('It came by another fetch.')
  })

  it('say who was asked, what each answered, and who had it', () => {
    expect(attemptTexts({ attempts: [...attempts] }, nameOf)).toEqual([
      ...['teo: no answer in time (4 s)', 'nas: does not have it'],
    ])
    const [came] = fetchLines([fetched(1, 1, { attempts: [attempts[0]] })])
    expect(came && outcomeText(came, nameOf, NOW)).toBe('from nas, after teo: no answer in time (4 s)')
    const [failed] = fetchLines([fetched(1, 1, { ...lost, reason: 'no_peers' }), fetched(1, 9, lost)])
    expect(failed && outcomeText(failed, nameOf, NOW)).toBe(
      'No other node is connected. It comes when one is. Asked for 2 times, first 9 minutes ago.',
    )
    expect(subjectOf(fetched(1, 1, lost))).toBe('An image in “Pond”')
    expect(subjectOf(fetched(1, 1))).toBe('Something that nothing names any more')
  })
})

describe('reasons in words', () => {
  it('translates codes and does not repeat what the network said', () => {
    expect(errorWords('peers.timeout')).toBe('It is connected and does not answer in time.')
    expect(errorWords('membership.not_member')).toBe('It does not take this node for a member.')
    expect(errorWords('membership.bad_signature')).toBe(
      'It does not accept what this node says of the cluster.',
    )
    expect(errorWords('/ip4/1.2.3.4/tcp/1: ECONNREFUSED')).toBe('None of its addresses answered.')
    expect(errorWords('new.code')).toContain('new.code')
    setLocale('zh')
    expect(errorWords('peers.closed')).toBe('连接断开了。')
  })
})

describe('the line of two hours', () => {
  it('is broken where nothing was known, and leaves out what is older', () => {
    const at = (minutes: number, value: number | null) => ({ at: NOW - minutes * 60_000, value })
    const { line, area, top } = trendShape([at(200, 9), at(60, 3), at(30, null), at(0, 0)], NOW)
    expect(top).toBe(5)
    expect(line).toBe(`M${WIDTH / 2} 17.6L${WIDTH / 2} 17.6M${WIDTH} ${HEIGHT}L${WIDTH} ${HEIGHT}`)
    expect(area.split('Z')).toHaveLength(3)
    expect(trendShape([], NOW)).toEqual({ line: '', area: '', top: 1 })
  })

  it('keeps a fixed scale, and draws nothing above it', () => {
    const { line, top } = trendShape(
      [
        { at: NOW, value: 3 },
        { at: NOW - SPAN_MS / 2, value: 0.5 },
      ],
      NOW,
      1,
    )
    expect(top).toBe(1)
    expect(line).toBe(`M${WIDTH} 0L${WIDTH / 2} ${HEIGHT / 2}`)
    expect([0.034, 1, 1.2, 7, 1200].map(roundUp)).toEqual([0.05, 1, 2, 10, 2000])
  })
})
