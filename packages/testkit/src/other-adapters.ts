import type { CacheConfig, Config } from '@stoa/server/config/config.ts'
import { startRedis } from './redis.ts'
import { startS3 } from './s3.ts'

/** What a program stands on instead of memory and disk; plain data, so that it reaches the workers. */
export type OtherAdapters = {
  readonly cache: CacheConfig
  readonly blobs: Config['blobs'] & { readonly kind: 's3' }
}

/** Starts a Redis and an S3-compatible server for all programs of a run. Keys hold the organisation: nobody meets. */
export async function startOtherAdapters(): Promise<{ adapters: OtherAdapters; stop: () => Promise<void> }> {
  const redis = await startRedis()
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, pathStyle, ...s3 } = await startS3()
  return {
    adapters: {
      cache: { kind: 'redis', url: redis.url },
      blobs: {
        kind: 's3',
        ...{ endpoint, publicEndpoint: undefined, bucket, region, accessKeyId, secretAccessKey, pathStyle },
      },
    },
    stop: async () => {
      await s3[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
}
