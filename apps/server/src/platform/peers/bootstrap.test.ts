import { describe, expect, test } from 'vitest'
import { findBootstrap, readInitConnection } from './bootstrap.ts'

const tcp = (peer: string, host = '192.0.2.1') => `/ip4/${host}/tcp/4100/p2p/${peer}`
const zone =
  (records: Record<string, string[]>, asked: string[] = []) =>
  async (name: string) => {
    asked.push(name)
    return (records[name] ?? []).map((text) => [text.slice(0, 20), text.slice(20)])
  }
const dns = (domain: string) => ({ kind: 'dns', domain }) as const

describe('bootstrap', () => {
  test('_dnsaddr goes first; the domain itself is asked when that names nobody', async () => {
    const asked: string[] = []
    const records = { '_dnsaddr.a.example': [`dnsaddr=${tcp('A')}`], 'b.example': [tcp('B'), 'v=spf1 -all'] }
    const { peers, faults } = await findBootstrap([dns('a.example'), dns('b.example')], zone(records, asked))
    expect(peers).toEqual([
      { peer: 'A', addresses: [tcp('A')] },
      { peer: 'B', addresses: [tcp('B')] },
    ])
    expect(faults).toEqual([])
    expect(asked.sort()).toEqual(['_dnsaddr.a.example', '_dnsaddr.b.example', 'b.example'])
  })

  test('all records count, and the addresses of a peer come together, wherever they stand', async () => {
    const records = {
      '_dnsaddr.a.example': [`dnsaddr=${tcp('A')}`, tcp('B'), `dnsaddr=${tcp('A', '192.0.2.2')}`],
    }
    const given = { kind: 'multiaddr', address: tcp('B', '192.0.2.9') } as const
    const { peers } = await findBootstrap([dns('a.example'), given, given], zone(records))
    expect(peers).toEqual([
      { peer: 'A', addresses: [tcp('A'), tcp('A', '192.0.2.2')] },
      { peer: 'B', addresses: [tcp('B'), tcp('B', '192.0.2.9')] },
    ])
  })

  test('a record may name a further domain, of which one peer alone may be wanted; circles end', async () => {
    const records = {
      '_dnsaddr.a.example': ['dnsaddr=/dnsaddr/b.example/p2p/B', 'dnsaddr=/dnsaddr/a.example'],
      '_dnsaddr.b.example': [tcp('B'), tcp('C')],
    }
    const { peers } = await findBootstrap([dns('a.example')], zone(records))
    expect(peers).toEqual([{ peer: 'B', addresses: [tcp('B')] }])
  })

  test('a name that gives nothing, or cannot be asked for, is told; the others still count', async () => {
    const broken = async (name: string) => {
      if (name.endsWith('broken.example')) throw new Error('SERVFAIL')
      return []
    }
    const given = { kind: 'multiaddr', address: '/ip4/192.0.2.1/tcp/4100' } as const
    const { peers, faults } = await findBootstrap(
      [dns('broken.example'), dns('empty.example'), given],
      broken,
    )
    expect(peers).toEqual([{ peer: undefined, addresses: [given.address] }])
    expect(faults).toEqual([
      { entry: 'broken.example', reason: 'SERVFAIL' },
      { entry: 'empty.example', reason: 'no TXT record names a node' },
    ])
  })

  test('entries are domains or multiaddrs', () => {
    expect(readInitConnection('boot.example.org')).toEqual(dns('boot.example.org'))
    expect(readInitConnection('/dnsaddr/boot.example.org')).toEqual(dns('boot.example.org'))
    expect(readInitConnection(tcp('A'))).toEqual({ kind: 'multiaddr', address: tcp('A') })
    for (const wrong of ['', 'a b', 'https://a.example', 'a..b'])
      expect(() => readInitConnection(wrong)).toThrow('must be')
  })
})
