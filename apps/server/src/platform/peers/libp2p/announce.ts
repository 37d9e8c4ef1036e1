import ipaddr from 'ipaddr.js'

export type AnnounceMode = 'public' | 'private' | 'auto'

/**
 * Which of its addresses a node tells others. `public`: those that are reached from everywhere; `private`: all; `auto`:
 * public when it has a public IPv4 address, else private.
 */
export function announced(addresses: readonly string[], mode: AnnounceMode): readonly string[] {
  const open = addresses.filter(isPublic)
  const isOpen = mode === 'public' || (mode === 'auto' && open.some((address) => address.startsWith('/ip4/')))
  return isOpen ? open : addresses
}

/** Names count as public: whoever gave a node a name meant others to use it. */
function isPublic(address: string): boolean {
  const [, kind, host = ''] = address.split('/')
  if (kind !== 'ip4' && kind !== 'ip6') return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'unicast'
}
