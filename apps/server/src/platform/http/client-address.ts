import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/**
 * Who sent a request, where proxies stand before us: the last address of `X-Forwarded-For` that no trusted proxy wrote of
 * itself, as Fastify tells it for requests that are no upgrades. Without trusted proxies the header means nothing.
 */
export function clientAddress(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string } },
  trusted: readonly string[],
): string {
  const named = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  let address = socket.remoteAddress ?? ''
  while (isTrusted(address, trusted)) {
    const before = named.pop()
    if (before === undefined || !ipaddr.isValid(before)) break
    address = before
  }
  return address
}

function isTrusted(text: string, trusted: readonly string[]): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return trusted.some((block) => {
    if (!ipaddr.isValidCIDR(block)) return ipaddr.process(block).toString() === address.toString()
    const [network, bits] = ipaddr.parseCIDR(block)
    return network.kind() === address.kind() && address.match(network, bits)
  })
}
