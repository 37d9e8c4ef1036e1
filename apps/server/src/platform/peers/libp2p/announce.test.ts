import { expect, test } from 'vitest'
import { announced } from './announce.ts'

const loopback = '/ip4/127.0.0.1/tcp/4100'
const home = '/ip4/192.168.1.7/tcp/4100'
const shared = '/ip4/100.64.3.2/tcp/4100'
const open = '/ip4/44.128.0.1/tcp/4100'
const open6 = '/ip6/2a01:4f8::1/tcp/4100'
const local6 = '/ip6/fe80::1/tcp/4100'
const named = '/dns4/one.example/tcp/4101/ws'

test('a node in public tells what is reached from everywhere', () => {
  const all = [loopback, home, shared, open, open6, local6, named]
  expect(announced(all, 'public')).toEqual([open, open6, named])
  expect(announced(all, 'auto')).toEqual([open, open6, named])
  expect(announced(all, 'private')).toEqual(all)
})

test('without a public IPv4 address it tells what there is', () => {
  expect(announced([loopback, home, open6], 'auto')).toEqual([loopback, home, open6])
  expect(announced([loopback, home], 'public')).toEqual([])
})
