import { S3Client } from '@aws-sdk/client-s3'

export interface S3Options {
  readonly bucket: string
  readonly region: string
  /** Absent: AWS. */
  readonly endpoint?: string | undefined
  /** Under which browsers reach the same server, when that is another address. */
  readonly publicEndpoint?: string | undefined
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. Most stores that are not AWS need it. */
  readonly pathStyle: boolean
}

export function connect(options: S3Options, endpoint: string | undefined): S3Client {
  const { region, accessKeyId, secretAccessKey, pathStyle } = options
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: pathStyle,
    // The newer checksums travel in trailers, which many S3-compatible stores store as part of the file.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  })
}
