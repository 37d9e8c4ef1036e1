import { expect, test } from 'vitest'
import { envToConfig } from '../config/config.ts'
import { readEnv } from '../config/env.ts'
import { mailConfig, postgresChoice, storageOrigins } from './mappings.ts'

const configOf = (environment: Record<string, string>) =>
  envToConfig(readEnv({ STOA_DATA: '/d', ...environment }))
const s3 = { STOA_S3_BUCKET: 'books', STOA_S3_ACCESS_KEY_ID: 'i', STOA_S3_SECRET_ACCESS_KEY: 'k' }

test.each([
  ['smtps://u:p%40ss@mail', { host: 'mail', port: 465, security: 'tls', user: 'u', password: 'p@ss' }],
  ['smtp://mail', { host: 'mail', port: 587, security: 'starttls' }],
  ['smtp://relay:2525?security=none', { host: 'relay', port: 2525, security: 'none' }],
  ['smtp://relay?security=none', { host: 'relay', port: 25, security: 'none' }],
])('%s', (url, expected) => {
  const { mail } = configOf({ STOA_SMTP_URL: url, STOA_MAIL_FROM: 'Our Stoa <stoa@read.example>' })
  expect(mailConfig(mail)).toEqual({
    kind: 'smtp',
    ...expected,
    from: { name: 'Our Stoa', address: 'stoa@read.example' },
  })
})

test('a sender may be a bare address, or have its name in quotes', () => {
  const from = (text: string) => {
    const mail = mailConfig({ kind: 'smtp', url: 'smtp://m', from: text })
    return mail.kind === 'smtp' ? mail.from : undefined
  }
  expect(from('a@b.example')).toEqual({ name: 'Stoa', address: 'a@b.example' })
  expect(from('"A, B" <a@b.example>')).toEqual({ name: 'A, B', address: 'a@b.example' })
})

test('pages may talk to the storage that signs their links, and to nothing else', () => {
  expect(storageOrigins(configOf({}))).toEqual([])
  expect(storageOrigins(configOf(s3))).toEqual(['https://books.s3.us-east-1.amazonaws.com'])
  const endpoint = { ...s3, STOA_S3_ENDPOINT: 'http://minio:9000' }
  expect(storageOrigins(configOf(endpoint))).toEqual(['http://minio:9000'])
  expect(storageOrigins(configOf({ ...endpoint, STOA_S3_PATH_STYLE: 'false' }))).toEqual([
    'http://books.minio:9000',
  ])
  expect(storageOrigins(configOf({ ...endpoint, STOA_S3_PUBLIC_ENDPOINT: 'https://files.example' }))).toEqual(
    ['https://files.example'],
  )
})

test('the database: ours in the data folder, or one by URL', () => {
  expect(postgresChoice(configOf({}))).toEqual({ kind: 'embedded', dataDir: '/d' })
  expect(postgresChoice(configOf({ DATABASE_URL: 'postgres://o@h/d' }))).toEqual({
    kind: 'external',
    ownerUrl: 'postgres://o@h/d',
  })
})
