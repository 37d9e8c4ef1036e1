import { isUuid } from '@stoa/kernel'
import ipaddr from 'ipaddr.js'
import { readInitConnection } from '../platform/peers/bootstrap.ts'

/** Parsers of single settings. Each throws an Error whose message follows the name of the setting. */

const fail = (expected: string, text: string): never => {
  throw new Error(`must be ${expected}, not ${JSON.stringify(text)}`)
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

export function port(text: string): number {
  return integer(0, 65535)(text)
}

export const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max)
      return fail(`a whole number from ${min} to ${max}`, text)
    return value
  }

export function flag(text: string): boolean {
  if (['true', '1', 'yes', 'on'].includes(text)) return true
  return ['false', '0', 'no', 'off'].includes(text) ? false : fail('true or false', text)
}

export const oneOf =
  <const T extends string>(values: readonly T[]) =>
  (text: string): T =>
    values.find((value) => value === text) ?? fail(values.join(' or '), text)

export const oneOrMoreOf =
  <const T extends string>(values: readonly T[]) =>
  (text: string): readonly T[] => {
    const items = list(text)
    if (items.length === 0) return fail(`one or more of ${values.join(', ')}`, text)
    return items.map(oneOf(values))
  }

/** A URL of one of the schemes. Its text is never shown: it may hold a password. */
export const url =
  (schemes: readonly string[]) =>
  (text: string): string => {
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : undefined
    if (scheme === undefined || !schemes.includes(scheme))
      throw new Error(`must be a URL that begins with ${schemes.map((one) => `${one}://`).join(' or ')}`)
    return text
  }

/** Scheme and host, without path: `https://read.example`. */
export function origin(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  const plain =
    parsed &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.pathname === '/' &&
    !parsed.search &&
    !parsed.username
  return plain ? parsed.origin : fail('an address such as https://read.example, without a path', text)
}

/** Addresses and CIDR blocks, separated by commas. */
export function networks(text: string): readonly string[] {
  const items = list(text)
  const wrong = items.find((item) => !ipaddr.isValid(item) && !ipaddr.isValidCIDR(item))
  return wrong === undefined ? items : fail('addresses or CIDR blocks separated by commas', wrong)
}

const PLACE = /^(?:[\w.-]+|\[[\da-f:.]+\]):\d{1,5}$/i

/** `host:port`, several separated by commas, or `dns:name:port`. */
export function services(text: string): string {
  if (text === 'cluster') return text
  const items = text.startsWith('dns:') ? [text.slice(4)] : list(text)
  const right = items.length > 0 && items.every((item) => PLACE.test(item))
  return right
    ? items.map((item) => (text.startsWith('dns:') ? `dns:${item}` : item)).join()
    : fail('host:port, several separated by commas, dns:name:port, or cluster', text)
}

/** 32 bytes in hexadecimal. The text is never shown. */
export function key(text: string): string {
  if (!/^[\da-f]{64}$/i.test(text)) throw new Error('must be 64 hexadecimal digits (openssl rand -hex 32)')
  return text.toLowerCase()
}

/** One IP address. */
export function address(text: string): string {
  return ipaddr.isValid(text) ? text : fail('an IP address such as 0.0.0.0', text)
}

/** Anything, separated by commas. */
export const items = (text: string): readonly string[] => list(text)

/** Multiaddrs, separated by commas. */
export function multiaddrs(text: string): readonly string[] {
  const found = list(text)
  const wrong = found.find((item) => !/^(\/[^/\s]+)+$/.test(item))
  return wrong === undefined ? found : fail('multiaddrs such as /ip4/192.0.2.7/tcp/4100', wrong)
}

/** Domains and multiaddrs, separated by commas. */
export function initConnections(text: string): readonly string[] {
  const found = list(text)
  for (const item of found) readInitConnection(item)
  return found
}

export function uuid(text: string): string {
  return isUuid(text.toLowerCase()) ? text.toLowerCase() : fail('the id of an organisation', text)
}
