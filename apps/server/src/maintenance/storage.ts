import type { Config } from '../config/config.ts'
import type { CorsReport } from '../platform/blobs/s3/cors.ts'

/** Where files are kept; of a bucket, whether browsers may use it from our pages. */
export type StorageReport =
  | { readonly kind: 'disk' }
  | ({ readonly kind: 's3'; readonly bucket: string; readonly origin: string } & CorsReport)

/** Looks at the store of files from outside, as a browser would. `url`: where the app is, unless the configuration says. */
export async function lookAtStorage(
  { blobs, http }: Pick<Config, 'blobs' | 'http'>,
  url = `http://localhost:${http.port}`,
): Promise<StorageReport> {
  if (blobs.kind === 'disk') return { kind: 'disk' }
  const { checkCors } = await import('../platform/blobs/s3/cors.ts')
  const { origin } = new URL(http.publicUrl ?? url)
  return { kind: 's3', bucket: blobs.bucket, origin, ...(await checkCors(blobs, origin)) }
}
