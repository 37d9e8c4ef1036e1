import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { OutboundError } from './errors.ts'
import { type AddressPolicy, bareHost } from './policy.ts'

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

const CONNECT_TIMEOUT_MS = 5_000

/**
 * An HTTP client whose every connection is checked three times: an address written in the URL before connecting (no lookup
 * happens for those), the addresses a name resolves to, and the address that was really connected to. The lookup's
 * answer is what is connected to, so a name that changes its mind between check and use gains nothing.
 */
export function guardedAgent(policy: AddressPolicy, resolve: Resolve, ca: string | undefined): Agent {
  const connect = buildConnector({
    lookup: guardedLookup(policy, resolve),
    timeout: CONNECT_TIMEOUT_MS,
    ...(ca === undefined ? {} : { ca }),
  })
  return new Agent({
    connections: 16,
    maxHeaderSize: 16 * 1024,
    connect: (options, done) => {
      const host = bareHost(options.hostname)
      if (isIP(host) && !policy.allows(host)) return done(addressRefused(), null)
      connect(options, (error, socket) => {
        if (error) return done(error, null)
        if (policy.allows(socket?.remoteAddress ?? '')) return done(null, socket)
        socket?.destroy()
        done(addressRefused(), null)
      })
    },
  })
}

function guardedLookup(policy: AddressPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => policy.allows(address))
        const [first] = allowed
        if (!first) done(addresses.length === 0 ? notFound(hostname) : addressRefused(), [])
        else if (options.all) done(null, [...allowed])
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, []),
    )
  }
}

const addressRefused = () =>
  new OutboundError('outbound.address_refused', 'That server is inside a network that must not be called.')

const notFound = (hostname: string) =>
  new OutboundError('outbound.unreachable', `${hostname} has no address.`)
