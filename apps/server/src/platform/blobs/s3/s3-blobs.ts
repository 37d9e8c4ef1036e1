import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Clock, Service } from '@stoa/kernel'
import type { BlobInfo, BlobStore, ByteRange, SignedUrl } from '../blobs.ts'
import { boundedChunks } from '../body.ts'
import { BlobError, BlobNotFound } from '../errors.ts'
import { checkKey, checkPrefix } from '../key.ts'
import { connect, type S3Options } from './client.ts'
import { fromS3, isMissing } from './errors.ts'
import { type GetGrant, type PutGrant, S3Signer } from './signer.ts'
import { upload } from './upload.ts'

/** What one copy request takes, and so what `move` can: 5 GiB. */
const MAX_BYTES = 5 * 1024 ** 3

/**
 * Blobs in a bucket. The keys need the rights to list the bucket and to get, put and delete its objects; browsers of other
 * origins need its CORS rules to allow GET and PUT from ours. Signed URLs lead there, so what is read through them is
 * outside our origin; types that browsers would run are attachments all the same. A process that is killed in the middle of
 * a large put leaves invisible parts: a lifecycle rule of the bucket should end incomplete uploads after a day.
 */
export class S3Blobs implements BlobStore, Service {
  readonly name = 'blobs in S3'
  readonly #client: S3Client
  readonly #signer: S3Signer
  readonly #bucket: string
  readonly #clock: Clock

  constructor(options: S3Options, deps: { clock: Clock }) {
    this.#client = connect(options, options.endpoint)
    this.#signer = new S3Signer(options, deps.clock)
    this.#bucket = options.bucket
    this.#clock = deps.clock
  }

  /** @throws BlobError `storage.unavailable` when the bucket is not there for us */
  async start(): Promise<void> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }))
    } catch (error) {
      const why = isMissing(error) ? 'does not exist' : 'cannot be used with this address and these keys'
      throw new BlobError('storage.unavailable', `The bucket "${this.#bucket}" ${why}.`, { cause: error })
    }
  }

  async stop(): Promise<void> {
    this.#client.destroy()
    this.#signer.close()
  }

  async put(
    key: string,
    body: Readable | Uint8Array,
    options: { contentType: string; maxBytes: number },
  ): Promise<BlobInfo> {
    checkKey(key)
    const chunks = boundedChunks(body, Math.min(options.maxBytes, MAX_BYTES))
    const target = { ...this.#object(key), ContentType: options.contentType }
    const { size, etag } = await this.#attempt(key, () => upload(this.#client, target, chunks))
    return infoOf(key, size, etag, new Date(this.#clock.now()))
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    checkKey(key)
    const Range = range && `bytes=${range.start}-${range.end}`
    const { Body } = await this.#attempt(key, () =>
      this.#client.send(new GetObjectCommand({ ...this.#object(key), Range })),
    )
    return Body as Readable
  }

  async head(key: string): Promise<BlobInfo | undefined> {
    checkKey(key)
    try {
      const { ContentLength, ETag, LastModified } = await this.#client.send(
        new HeadObjectCommand(this.#object(key)),
      )
      return infoOf(key, ContentLength, ETag, LastModified)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw fromS3(error, key)
    }
  }

  async move(from: string, to: string): Promise<void> {
    checkKey(from)
    const present = await this.head(to)
    if (from === to) {
      if (!present) throw new BlobNotFound(from)
      return
    }
    if (!present) {
      const CopySource = `${this.#bucket}/${from}`
      await this.#attempt(from, () =>
        this.#client.send(new CopyObjectCommand({ ...this.#object(to), CopySource })),
      )
    }
    await this.delete(from)
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    await this.#attempt(key, () => this.#client.send(new DeleteObjectCommand(this.#object(key))))
  }

  async *list(prefix: string): AsyncGenerator<BlobInfo> {
    checkPrefix(prefix)
    let ContinuationToken: string | undefined
    do {
      const query = { Bucket: this.#bucket, Prefix: prefix, ContinuationToken }
      const page = await this.#attempt(prefix, () => this.#client.send(new ListObjectsV2Command(query)))
      for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) yield infoOf(Key, Size, ETag, LastModified)
      }
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
  }

  async signPut(key: string, grant: PutGrant): Promise<SignedUrl> {
    checkKey(key)
    return await this.#signer.put(this.#object(key), grant)
  }

  async signGet(key: string, grant: GetGrant): Promise<SignedUrl> {
    checkKey(key)
    return await this.#signer.get(this.#object(key), grant)
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: key }
  }

  async #attempt<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw fromS3(error, key)
    }
  }
}

/** Headers know whole seconds only, lists milliseconds: the same blob should look the same. */
function infoOf(
  key: string,
  size: number | undefined,
  etag: string | undefined,
  time: Date | undefined,
): BlobInfo {
  const seconds = Math.floor((time?.getTime() ?? 0) / 1000)
  return {
    key,
    size: size ?? 0,
    version: (etag ?? '').replace(/^W\/|"/g, ''),
    modifiedAt: new Date(seconds * 1000),
  }
}
