import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const request = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
})
const TRUSTED = ['10.0.0.0/8', '192.0.2.1', 'fd00::/8']

test.each([
  ['nobody is trusted', '10.0.0.1', '203.0.113.9', [], '10.0.0.1'],
  ['one proxy', '10.0.0.1', '203.0.113.9', TRUSTED, '203.0.113.9'],
  ['one proxy, as IPv4 in IPv6', '::ffff:10.0.0.1', '203.0.113.9', TRUSTED, '203.0.113.9'],
  ['two proxies', '10.0.0.1', '203.0.113.9, 192.0.2.1', TRUSTED, '203.0.113.9'],
  [
    'what the client wrote itself is not believed',
    '10.0.0.1',
    '1.1.1.1, 203.0.113.9',
    TRUSTED,
    '203.0.113.9',
  ],
  ['a stranger claims to be a proxy', '203.0.113.9', '1.1.1.1', TRUSTED, '203.0.113.9'],
  ['a proxy that says nothing', '10.0.0.1', undefined, TRUSTED, '10.0.0.1'],
  ['a proxy that says nonsense', '10.0.0.1', 'unknown', TRUSTED, '10.0.0.1'],
  ['IPv6', 'fd00::1', '2001:db8::9', TRUSTED, '2001:db8::9'],
])('%s', (_, remote, forwarded, trusted, expected) => {
  expect(clientAddress(request(remote, forwarded), trusted)).toBe(expected)
})
