/** Names that nodes stand under and addresses of nodes, as an operator gives them (SPEC B3: `init_connections`). */
export type InitConnection =
  | { readonly kind: 'dns'; readonly domain: string }
  | { readonly kind: 'multiaddr'; readonly address: string }

/** All TXT records of a name, each as its strings; an empty list when there are none. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>

export interface BootstrapPeer {
  /** `undefined`: its addresses do not say who lives there. */
  readonly peer: string | undefined
  readonly addresses: readonly string[]
}

export interface Bootstrap {
  /** Each peer once, with all its addresses. */
  readonly peers: readonly BootstrapPeer[]
  /** Entries that gave nothing, with the reason. */
  readonly faults: readonly { readonly entry: string; readonly reason: string }[]
}

/** How deep records may name further domains. */
const MAX_DEPTH = 4
const MAX_ADDRESSES = 200
const DNSADDR = /^\/dnsaddr\/([^/]+)(?:\/p2p\/([^/]+))?$/
const PEER = /\/p2p\/([^/]+)$/
const DOMAIN =
  /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/i

/** `example.org` or a multiaddr. @throws Error that says what is expected */
export function readInitConnection(text: string): InitConnection {
  const [, domain] = DNSADDR.exec(text) ?? []
  if (domain !== undefined && !text.includes('/p2p/')) return { kind: 'dns', domain }
  if (text.startsWith('/')) return { kind: 'multiaddr', address: text }
  if (DOMAIN.test(text)) return { kind: 'dns', domain: text }
  throw new Error(
    `must be a domain or a multiaddr such as /ip4/192.0.2.7/tcp/4100, not ${JSON.stringify(text)}`,
  )
}

/** Where to begin: every entry looked up, one peer's addresses merged. A lookup that fails is told, never thrown. */
export async function findBootstrap(
  entries: readonly InitConnection[],
  resolve: ResolveTxt,
): Promise<Bootstrap> {
  const faults: Bootstrap['faults'][number][] = []
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.kind === 'multiaddr') return [entry.address]
      try {
        const addresses = await addressesOf(entry.domain, resolve, MAX_DEPTH)
        if (addresses.length === 0) faults.push({ entry: entry.domain, reason: 'no TXT record names a node' })
        return addresses
      } catch (error) {
        faults.push({ entry: entry.domain, reason: error instanceof Error ? error.message : String(error) })
        return []
      }
    }),
  )
  return { peers: merged(found.flat().slice(0, MAX_ADDRESSES)), faults }
}

/** `_dnsaddr.<domain>` goes first; `<domain>` is asked when that names nobody. */
async function addressesOf(domain: string, resolve: ResolveTxt, depth: number): Promise<readonly string[]> {
  if (depth === 0) return []
  for (const name of [`_dnsaddr.${domain}`, domain]) {
    const records = await resolve(name)
    const listed = records.map((strings) => addressIn(strings.join(''))).filter((one) => one !== undefined)
    const addresses = await Promise.all(listed.map((one) => followed(one, resolve, depth)))
    if (addresses.flat().length > 0) return addresses.flat()
  }
  return []
}

/** `dnsaddr=/…` or a bare multiaddr; other TXT records of the name are for others. */
function addressIn(text: string): string | undefined {
  const address = text.trim().replace(/^dnsaddr=/i, '')
  return address.startsWith('/') ? address : undefined
}

/** A record may name a further domain, and may want one peer of it alone. */
async function followed(address: string, resolve: ResolveTxt, depth: number): Promise<readonly string[]> {
  const [, domain, peer] = DNSADDR.exec(address) ?? []
  if (domain === undefined) return [address]
  const addresses = await addressesOf(domain, resolve, depth - 1)
  return peer === undefined ? addresses : addresses.filter((one) => PEER.exec(one)?.[1] === peer)
}

function merged(addresses: readonly string[]): readonly BootstrapPeer[] {
  const peers = new Map<string | undefined, Set<string>>()
  for (const address of addresses) {
    const peer = PEER.exec(address)?.[1]
    peers.set(peer, (peers.get(peer) ?? new Set()).add(address))
  }
  const all: BootstrapPeer[] = []
  for (const [peer, set] of peers) {
    if (peer !== undefined) all.push({ peer, addresses: [...set] })
    // Without a name each address may be somebody else.
    else for (const address of set) all.push({ peer, addresses: [address] })
  }
  return all
}
