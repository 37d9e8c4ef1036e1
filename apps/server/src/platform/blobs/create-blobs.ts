import type { Clock, Logger, Service } from '@stoa/kernel'
import type { BlobStore } from './blobs.ts'
import { DiskBlobs } from './disk/disk-blobs.ts'
import type { S3Options } from './s3/client.ts'
import { UrlSigner } from './signed/grant.ts'
import { SignedBlobs } from './signed/serve.ts'

export interface DiskBlobsConfig {
  readonly kind: 'disk'
  /** The folder of the blobs, e.g. `{data}/blobs`. */
  readonly directory: string
  /** Keys of the signed URLs, 32 random bytes each; the first signs, all verify. From `{data}/secrets`. */
  readonly signingKeys: readonly Uint8Array[]
  /** Path under which putBlob and getBlob are mounted. */
  readonly urlPath: string
  /** Space to leave free, in bytes. Default 64 MiB. */
  readonly reserveBytes?: number
}

export type BlobsConfig = DiskBlobsConfig | ({ readonly kind: 's3' } & S3Options)

export interface Blobs {
  readonly store: BlobStore
  readonly service: Service
  /** Answers the signed URLs; `undefined` when they point at another server (S3). */
  readonly signed: SignedBlobs | undefined
}

/**
 * The blob store that the configuration asks for. For the composition root; others get the {@link BlobStore}. The S3 client
 * is loaded only where it is used: it costs memory and a part of the start.
 */
export async function createBlobs(config: BlobsConfig, deps: { clock: Clock; log: Logger }): Promise<Blobs> {
  if (config.kind === 's3') {
    const { S3Blobs } = await import('./s3/s3-blobs.ts')
    const store = new S3Blobs(config, deps)
    return { store, service: store, signed: undefined }
  }
  const signer = new UrlSigner({ keys: config.signingKeys, basePath: config.urlPath, clock: deps.clock })
  const store = new DiskBlobs({ ...config, ...deps, signer })
  return { store, service: store, signed: new SignedBlobs(store, signer, deps.clock) }
}
