import { createHash, timingSafeEqual } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { operation } from '../../../platform/http/operation.ts'
import type { SystemComponents } from '../components.ts'
import { metricsForbidden } from '../errors.ts'

export const getMetrics = ({ metrics }: SystemComponents) =>
  operation('getMetrics', async ({ connection, headers }) => {
    const allowed =
      metrics.token === undefined ? isOurs(connection.ip) : shows(metrics.token, headers.authorization)
    if (!allowed) throw metricsForbidden()
    const contentType = 'text/plain; version=0.0.4; charset=utf-8'
    return { status: 200, headers: { 'content-type': contentType }, body: await metrics.text() }
  })

/** Loopback, private and link-local addresses, also where they come as IPv6. */
function isOurs(ip: string): boolean {
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(ip).range())
}

/** Compared by digest, in constant time. */
function shows(token: string, authorization: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}
