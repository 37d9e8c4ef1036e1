import { expect, test } from 'vitest'
import { blobsConfig, mailConfig, storageOrigins } from './mappings.ts'

const secrets = { derive: (purpose: string) => new TextEncoder().encode(purpose) }
const s3 = {
  kind: 's3',
  bucket: 'books',
  region: 'eu-west-1',
  endpoint: undefined,
  publicEndpoint: undefined,
  accessKeyId: 'id',
  secretAccessKey: 'secret',
  pathStyle: false,
} as const

test('files go to the disk with a key of their own, or to the bucket', () => {
  expect(blobsConfig({ kind: 'disk', directory: '/data/blobs' }, secrets)).toEqual({
    kind: 'disk',
    directory: '/data/blobs',
    signingKeys: [secrets.derive('blob-urls')],
    urlPath: '/blobs',
  })
  expect(blobsConfig(s3, secrets)).toMatchObject({ kind: 's3', bucket: 'books' })
})

test('browsers may reach the store that signed URLs lead to', () => {
  const origins = (blobs: Parameters<typeof blobsConfig>[0]) =>
    storageOrigins({ blobs } as Parameters<typeof storageOrigins>[0])
  expect(origins({ kind: 'disk', directory: '/data' })).toEqual([])
  expect(origins(s3)).toEqual(['https://books.s3.eu-west-1.amazonaws.com'])
  expect(origins({ ...s3, endpoint: 'http://store:9000', pathStyle: true })).toEqual(['http://store:9000'])
  const published = { ...s3, endpoint: 'http://store:9000', publicEndpoint: 'https://files.example' }
  expect(origins(published)).toEqual(['https://books.files.example'])
})

test('mail goes to the console or to the server of the URL; what makes no sense is named', () => {
  expect(mailConfig({ kind: 'console' })).toEqual({ kind: 'console' })
  const mail = {
    kind: 'smtp',
    url: 'smtps://user:secret@mail.example',
    from: 'Stoa <stoa@read.example>',
  } as const
  expect(mailConfig(mail)).toMatchObject({ host: 'mail.example', port: 465, security: 'tls' })
  expect(() => mailConfig({ ...mail, from: 'nobody' })).toThrow(
    'The settings of the mail server are not right: This is not an e-mail address.',
  )
})
