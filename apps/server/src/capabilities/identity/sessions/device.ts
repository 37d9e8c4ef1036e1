import { createHash } from 'node:crypto'
import type { Connection } from '../../../platform/http/operation.ts'
import { networkOf, platformOf } from '../rules/device.ts'

export interface Device {
  readonly platform: string
  readonly network: string | null
  readonly fingerprint: Buffer
}

/** What the transport tells about a device, made coarse before it is stored. */
export function deviceOf(connection: Pick<Connection, 'ip' | 'userAgent'>): Device {
  const platform = platformOf(connection.userAgent)
  const network = networkOf(connection.ip)
  const fingerprint = createHash('sha256').update(`${platform}\n${network}`).digest()
  return { platform, network, fingerprint }
}
