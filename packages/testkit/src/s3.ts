import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'
import { startFauxqs } from 'fauxqs'

/** An S3-compatible server on a free port of 127.0.0.1, with one empty bucket. */
export interface S3Server extends AsyncDisposable {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Both servers know one bucket name per path only. */
  readonly pathStyle: true
  /** Empties the bucket. */
  reset(): void
}

const BUCKET = 'stoa'
const common = { bucket: BUCKET, region: 'us-east-1', pathStyle: true } as const

/** Behaves like S3 (lists, ranges, copies, multipart uploads), but takes any signature. */
export async function startS3(): Promise<S3Server> {
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false })
  server.createBucket(BUCKET)
  return {
    ...common,
    endpoint: `http://127.0.0.1:${server.port}`,
    accessKeyId: 'test',
    secretAccessKey: 'test',
    reset: () => server.emptyBucket(BUCKET),
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

/** Refuses wrong, altered and expired signatures as S3 does, but lists and large uploads do not work on it. */
export async function startSignedS3(): Promise<Omit<S3Server, 'reset'>> {
  const directory = await mkdtemp(join(tmpdir(), 'stoa-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    resetOnClose: false,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  })
  const { port } = await server.run()
  return {
    ...common,
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
