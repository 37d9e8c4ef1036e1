import ipaddr from 'ipaddr.js'

/**
 * The part of a client's address to count by: an IPv4 address whole, of an IPv6 address the first 64 bits, since one
 * subscriber owns all of the rest. Text that is no address is returned as it is.
 */
export function clientKey(ip: string): string {
  const bare = ip.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return ip
  const address = ipaddr.process(bare)
  if (address.kind() === 'ipv4') return address.toString()
  const network = new ipaddr.IPv6([...address.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0])
  return `${network.toString()}/64`
}
