import { describe, expect, test } from 'vitest'
import { AddressPolicy } from './policy.ts'

const strict = new AddressPolicy({ allowPrivate: [] })
const code = (code: string) => expect.objectContaining({ code })

describe('addresses', () => {
  test.each(['93.184.215.14', '1.1.1.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:1.1.1.1'])(
    '%s is called',
    (ip) => expect(strict.allows(ip)).toBe(true),
  )

  test.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['this host', '0.0.0.0'],
    ['this host', '::'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['unique local', 'fd00::1'],
    ['link local, cloud metadata', '169.254.169.254'],
    ['link local', 'fe80::1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['IPv4 in IPv6', '::ffff:7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['documentation', '192.0.2.1'],
    ['documentation', '2001:db8::1'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['not an address', ''],
    ['not an address', 'localhost'],
  ])('%s %s is not', (_, ip) => expect(strict.allows(ip)).toBe(false))

  test('an allowed network is called, its neighbours are not', () => {
    const lan = new AddressPolicy({ allowPrivate: ['192.168.7.0/24', 'fd00:1::/32'] })
    expect(lan.allows('192.168.7.9')).toBe(true)
    expect(lan.allows('::ffff:192.168.7.9')).toBe(true)
    expect(lan.allows('fd00:1:2::9')).toBe(true)
    expect(lan.allows('192.168.8.9')).toBe(false)
    expect(lan.allows('fd00:2::9')).toBe(false)
    const one = new AddressPolicy({ allowPrivate: ['192.168.7.9', '::1'] })
    expect([one.allows('192.168.7.9'), one.allows('192.168.7.8'), one.allows('::1')]).toEqual([
      true,
      false,
      true,
    ])
    for (const wrong of ['192.168.7', '192.168.7.0/33', 'lan']) {
      expect(() => new AddressPolicy({ allowPrivate: [wrong] })).toThrow()
    }
  })
})

describe('URLs', () => {
  test.each([
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https://example.org:22/',
    'https://example.org:6379/',
    'https://user@example.org/',
    'https://:secret@example.org/',
  ])('%s is refused', (url) => {
    expect(() => strict.checkUrl(new URL(url))).toThrow(code('outbound.url_refused'))
  })

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
  ])('%s is refused for its address', (url) => {
    expect(() => strict.checkUrl(new URL(url))).toThrow(code('outbound.address_refused'))
  })

  test('https on its port, and 8448, are called; http and other ports where allowed', () => {
    expect(() => strict.checkUrl(new URL('https://example.org/'))).not.toThrow()
    expect(() => strict.checkUrl(new URL('https://example.org:8448/'))).not.toThrow()
    const open = new AddressPolicy({ allowPrivate: [], allowHttp: true, ports: 'any' })
    expect(() => open.checkUrl(new URL('http://example.org:3000/'))).not.toThrow()
    expect(() => open.checkUrl(new URL('ftp://example.org/'))).toThrow(code('outbound.url_refused'))
    const plain = new AddressPolicy({ allowPrivate: [], allowHttp: true })
    expect(() => plain.checkUrl(new URL('http://example.org/'))).not.toThrow()
    expect(() => plain.checkUrl(new URL('http://example.org:8080/'))).toThrow(code('outbound.url_refused'))
  })
})
