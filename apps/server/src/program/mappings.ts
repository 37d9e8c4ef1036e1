import type { BlobsConfig as BlobsChoice, Config, MailConfig as MailChoice } from '../config/config.ts'
import { ConfigError } from '../config/errors.ts'
import type { Secrets } from '../config/secrets.ts'
import type { BlobsConfig } from '../platform/blobs/create-blobs.ts'
import type { MailConfig } from '../platform/mail/create-mailer.ts'
import type { PostgresChoice } from '../platform/persistence.ts'

/** From what the operator said to what each part of the platform wants to hear. */

export function postgresChoice({ database }: Config): PostgresChoice {
  if (database.kind === 'embedded') return { kind: 'embedded', dataDir: database.directory }
  const { ownerUrl, appUrl } = database
  return { kind: 'external', ownerUrl, ...(appUrl === undefined ? {} : { appUrl }) }
}

export function blobsConfig(choice: BlobsChoice, secrets: Secrets): BlobsConfig {
  if (choice.kind === 's3')
    throw new ConfigError('config.invalid', 'S3 storage is not available in this build.')
  return {
    kind: 'disk',
    directory: choice.directory,
    signingKeys: [secrets.derive('blob-urls')],
    urlPath: '/blobs',
  }
}

/** Origins that browsers upload to and download from directly. */
export function storageOrigins({ blobs }: Config): readonly string[] {
  if (blobs.kind === 'disk') return []
  const endpoint = blobs.publicEndpoint ?? blobs.endpoint
  if (endpoint === undefined) return [`https://${blobs.bucket}.s3.${blobs.region}.amazonaws.com`]
  if (blobs.pathStyle) return [endpoint]
  const url = new URL(endpoint)
  return [`${url.protocol}//${blobs.bucket}.${url.host}`]
}

/**
 * `smtps://` speaks TLS from the first byte; `smtp://` insists on STARTTLS, unless `?security=none` says that the relay is on
 * this machine or in a trusted network.
 */
export function mailConfig(choice: MailChoice): MailConfig {
  if (choice.kind === 'console') return choice
  const url = new URL(choice.url)
  const tls = url.protocol === 'smtps:'
  const plain = url.searchParams.get('security') === 'none'
  return {
    kind: 'smtp',
    host: url.hostname,
    port: Number(url.port) || (tls ? 465 : plain ? 25 : 587),
    security: tls ? 'tls' : plain ? 'none' : 'starttls',
    ...(url.username ? { user: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    from: sender(choice.from),
  }
}

/** `Name <address>` or a bare address. */
function sender(text: string): { name: string; address: string } {
  const match = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text)
  const name = match?.[1]?.replace(/^"(.*)"$/, '$1')
  return { name: name || 'Stoa', address: match?.[2] ?? text.trim() }
}
