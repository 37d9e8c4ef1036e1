import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { OutboundError } from './errors.ts'

export interface OutboundPolicy {
  /** Networks of our own that may be called all the same, e.g. `127.0.0.0/8`, or single addresses. None by default. */
  readonly allowPrivate: readonly string[]
  /** Also `http:`. Off by default. */
  readonly allowHttp?: boolean
  /** Ports that may be called; default 443 and 8448, and 80 with `allowHttp`. */
  readonly ports?: readonly number[] | 'any'
}

/** Decides what may be called. Pure: names are resolved elsewhere and their addresses asked about here. */
export class AddressPolicy {
  readonly #allowed: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]
  readonly #schemes: readonly string[]
  readonly #ports: readonly number[] | 'any'

  /** @throws Error on a malformed network */
  constructor(policy: OutboundPolicy) {
    this.#allowed = policy.allowPrivate.map(network)
    this.#schemes = policy.allowHttp ? ['https:', 'http:'] : ['https:']
    this.#ports = policy.ports ?? (policy.allowHttp ? [443, 8448, 80] : [443, 8448])
  }

  /** Checks all of a URL that can be checked without resolving its name. @throws OutboundError */
  checkUrl(url: URL): void {
    if (!this.#schemes.includes(url.protocol)) throw refused(`${url.protocol} addresses are not called`)
    if (url.username !== '' || url.password !== '') throw refused('an address with a user name is not called')
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    if (this.#ports !== 'any' && !this.#ports.includes(port)) throw refused(`port ${port} is not called`)
    const host = bareHost(url.hostname)
    if (isIP(host)) this.checkAddress(host)
  }

  /** @throws OutboundError `outbound.address_refused` unless `ip` is on the public internet or explicitly allowed */
  checkAddress(ip: string): void {
    if (this.allows(ip)) return
    throw new OutboundError(
      'outbound.address_refused',
      'That server is inside a network that must not be called.',
    )
  }

  allows(ip: string): boolean {
    if (!ipaddr.isValid(ip)) return false
    const address = ipaddr.process(ip)
    if (address.range() === 'unicast') return true
    return this.#allowed.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits))
  }
}

function network(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  if (!isIP(text)) throw new TypeError(`not an address or a network: ${text}`)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** An IPv6 literal without its brackets. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

const refused = (why: string) => new OutboundError('outbound.url_refused', `Not called: ${why}.`)
