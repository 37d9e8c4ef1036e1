import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Clock } from '@stoa/kernel'
import type { BlobStore, SignedUrl } from '../blobs.ts'
import { stableSigningTime } from '../signed/expiry.ts'
import { contentDisposition } from '../signed/headers.ts'
import { connect, type S3Options } from './client.ts'

export type PutGrant = Parameters<BlobStore['signPut']>[1]
export type GetGrant = Parameters<BlobStore['signGet']>[1]

interface ObjectName {
  readonly Bucket: string
  readonly Key: string
}

/** URLs signed by AWS Signature Version 4 in the query, for the address under which browsers know the store. */
export class S3Signer {
  readonly #client: S3Client
  readonly #clock: Clock

  constructor(options: S3Options, clock: Clock) {
    this.#client = connect(options, options.publicEndpoint ?? options.endpoint)
    this.#clock = clock
  }

  /** Type and length are covered by the signature: the browser sends both by itself, and S3 refuses others. */
  async put(object: ObjectName, grant: PutGrant): Promise<SignedUrl> {
    const { contentType: ContentType, size: ContentLength, expiresInSeconds } = grant
    const command = new PutObjectCommand({ ...object, ContentType, ContentLength })
    const signedAt = Math.floor(this.#clock.now() / 1000)
    const url = await getSignedUrl(this.#client, command, {
      expiresIn: expiresInSeconds,
      signingDate: new Date(signedAt * 1000),
      signableHeaders: new Set(['host', 'content-type', 'content-length']),
    })
    const expiresAt = new Date((signedAt + expiresInSeconds) * 1000)
    return { url, method: 'PUT', headers: { 'content-type': ContentType }, expiresAt }
  }

  async get(object: ObjectName, grant: GetGrant): Promise<SignedUrl> {
    const { contentType, downloadName, expiresInSeconds } = grant
    const signedAt = stableSigningTime(this.#clock.now() / 1000, expiresInSeconds)
    const command = new GetObjectCommand({
      ...object,
      ResponseContentType: contentType,
      ResponseContentDisposition: contentDisposition(contentType, downloadName),
      ResponseCacheControl: `private, max-age=${expiresInSeconds}, immutable`,
    })
    const url = await getSignedUrl(this.#client, command, {
      expiresIn: expiresInSeconds,
      signingDate: new Date(signedAt * 1000),
    })
    return { url, method: 'GET', headers: {}, expiresAt: new Date((signedAt + expiresInSeconds) * 1000) }
  }

  close(): void {
    this.#client.destroy()
  }
}
