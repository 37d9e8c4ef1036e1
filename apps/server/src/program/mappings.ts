import type { BlobsConfig as BlobsChoice, Config, MailConfig as MailChoice } from '../config/config.ts'
import { ConfigError } from '../config/errors.ts'
import type { Secrets } from '../config/secrets.ts'
import type { BlobsConfig } from '../platform/blobs/create-blobs.ts'
import type { MailConfig } from '../platform/mail/create-mailer.ts'
import { smtpOptions } from '../platform/mail/smtp-url.ts'
import type { PostgresChoice } from '../platform/persistence.ts'

/** From what the operator said to what each part of the platform wants to hear. */

export function postgresChoice({ database }: Config): PostgresChoice {
  if (database.kind === 'embedded') return { kind: 'embedded', dataDir: database.directory }
  const { ownerUrl, appUrl } = database
  return { kind: 'external', ownerUrl, ...(appUrl === undefined ? {} : { appUrl }) }
}

export function blobsConfig(choice: BlobsChoice, secrets: Secrets): BlobsConfig {
  if (choice.kind === 's3') return choice
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

/** @throws ConfigError when the URL or the sender makes no sense */
export function mailConfig(choice: MailChoice): MailConfig {
  if (choice.kind === 'console') return choice
  try {
    return { kind: 'smtp', ...smtpOptions(choice.url, choice.from) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError('config.invalid', `The settings of the mail server are not right: ${why}`, {
      cause,
    })
  }
}
