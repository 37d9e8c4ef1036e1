import { expect, test } from 'vitest'
import { envToConfig } from './config.ts'
import { readEnv } from './env.ts'
import { ConfigError } from './errors.ts'
import { readFlags } from './flags.ts'
import { redactConfig } from './redact.ts'

const configOf = (environment: Record<string, string>, flags = {}) => envToConfig(readEnv(environment, flags))

function faultsOf(environment: Record<string, string>): string {
  try {
    configOf(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  return ''
}

test('without any setting everything runs on embedded parts', () => {
  const config = configOf({ STOA_DATA: '/srv/stoa' })
  expect(config.database).toEqual({ kind: 'embedded', directory: '/srv/stoa', maxConnections: 12 })
  expect(config.cache).toEqual({ kind: 'memory' })
  expect(config.blobs).toEqual({ kind: 'disk', directory: '/srv/stoa/blobs' })
  expect(config.mail).toEqual({ kind: 'console' })
  expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8000, openBrowser: true })
  expect(config.roles).toEqual(['api', 'worker', 'gateway', 'session', 'statesync', 'node'])
})

test('flags win over the environment; an empty variable is no setting', () => {
  const config = configOf({ STOA_PORT: '1', STOA_LOG_FORMAT: '' }, { port: '2' })
  expect(config.http.port).toBe(2)
  expect(config.log.format).toBe('text')
})

test('external parts by URL', () => {
  const config = configOf({
    DATABASE_URL: 'postgres://o:p@db/stoa',
    REDIS_URL: 'redis://cache',
    STOA_S3_BUCKET: 'books',
    STOA_S3_ENDPOINT: 'http://minio:9000',
    STOA_S3_ACCESS_KEY_ID: 'id',
    STOA_S3_SECRET_ACCESS_KEY: 'key',
    STOA_SMTP_URL: 'smtps://u:p@mail',
    STOA_MAIL_FROM: 'Stoa <s@example.org>',
  })
  expect(config.database).toMatchObject({
    kind: 'url',
    ownerUrl: 'postgres://o:p@db/stoa',
    appUrl: undefined,
  })
  expect(config.cache).toEqual({ kind: 'redis', url: 'redis://cache' })
  expect(config.blobs).toMatchObject({ kind: 's3', bucket: 'books', pathStyle: true, region: 'us-east-1' })
  expect(config.mail).toEqual({ kind: 'smtp', url: 'smtps://u:p@mail', from: 'Stoa <s@example.org>' })
})

test('every wrong setting is named at once, and no secret is repeated', () => {
  const message = faultsOf({
    STOA_PORT: '70000',
    STOA_PUBLIC_URL: 'read.example/path',
    STOA_TRUSTED_PROXIES: '10.0.0.0/8, nonsense',
    STOA_OPEN: 'maybe',
    STOA_MASTER_KEY: 'hunter2',
    DATABASE_URL: 'mysql://u:hunter2@db',
    STOA_S3_BUCKET: 'b',
    STOA_SMTP_URL: 'smtp://mail',
    STOA_OIDC_KEYCLOAK_CLIENT_ID: 'x',
  })
  for (const line of [
    'STOA_PORT must be a whole number from 0 to 65535, not "70000"',
    'STOA_PUBLIC_URL must be an address such as https://read.example, without a path',
    'STOA_TRUSTED_PROXIES must be addresses or CIDR blocks separated by commas, not "nonsense"',
    'STOA_OPEN must be true or false, not "maybe"',
    'STOA_MASTER_KEY must be 64 hexadecimal digits',
    'DATABASE_URL must be a URL that begins with postgres://',
    'STOA_S3_ACCESS_KEY_ID must be set when STOA_S3_BUCKET is',
    'STOA_MAIL_FROM must be set when STOA_SMTP_URL is',
    'STOA_OIDC_KEYCLOAK_CLIENT_SECRET must be set',
    'STOA_OIDC_KEYCLOAK_ISSUER must be set',
  ]) {
    expect(message).toContain(line)
  }
  expect(message).not.toContain('hunter2')
})

test('providers: Google and GitHub are known, any issuer may be named', () => {
  const { providers } = configOf({
    STOA_OIDC_GOOGLE_CLIENT_ID: 'g',
    STOA_OIDC_GOOGLE_CLIENT_SECRET: 'gs',
    STOA_OIDC_GITHUB_CLIENT_ID: 'h',
    STOA_OIDC_GITHUB_CLIENT_SECRET: 'hs',
    STOA_OIDC_SCHOOL_ISSUER: 'https://id.school.example',
    STOA_OIDC_SCHOOL_CLIENT_ID: 's',
    STOA_OIDC_SCHOOL_CLIENT_SECRET: 'ss',
    STOA_OIDC_SCHOOL_NAME: 'Our school',
  })
  expect(providers).toEqual([
    {
      kind: 'oidc',
      id: 'google',
      name: 'Google',
      issuer: 'https://accounts.google.com',
      clientId: 'g',
      clientSecret: 'gs',
    },
    { kind: 'github', id: 'github', name: 'GitHub', clientId: 'h', clientSecret: 'hs' },
    {
      kind: 'oidc',
      id: 'school',
      name: 'Our school',
      issuer: 'https://id.school.example',
      clientId: 's',
      clientSecret: 'ss',
    },
  ])
})

test('a configuration that is shown holds no secret', () => {
  const shown = JSON.stringify(
    redactConfig(
      configOf({
        DATABASE_URL: 'postgres://o:hunter2@db/stoa',
        REDIS_URL: 'redis://:hunter2@cache',
        STOA_SMTP_URL: 'smtp://u:hunter2@mail',
        STOA_MAIL_FROM: 'a@b.example',
        STOA_MASTER_KEY: 'ab'.repeat(32),
        STOA_METRICS_TOKEN: 'hunter2',
        STOA_S3_BUCKET: 'books',
        STOA_S3_ACCESS_KEY_ID: 'visible-id',
        STOA_S3_SECRET_ACCESS_KEY: 'hunter2',
        STOA_OIDC_GITHUB_CLIENT_ID: 'visible-client',
        STOA_OIDC_GITHUB_CLIENT_SECRET: 'hunter2',
      }),
    ),
  )
  expect(shown).not.toMatch(/hunter2|abab/)
  expect(shown).toContain('visible-client')
  expect(shown).toContain('postgres://o:•••@db/stoa')
})

test('flags: help, version, unknown ones, and --no-open', () => {
  expect(readFlags(['--data', 'd', '--port', '0', '--no-open'], '1.2.3')).toEqual({
    kind: 'run',
    flags: { data: 'd', port: '0', open: 'false' },
  })
  expect(readFlags(['--version'], '1.2.3')).toEqual({ kind: 'text', text: '1.2.3\n' })
  const help = readFlags(['--help'], '1.2.3')
  expect(help.kind === 'text' && help.text).toContain('STOA_PUBLIC_URL')
  expect(readFlags(['--show-config'], '1').kind).toBe('config')
  expect(() => readFlags(['--prot', '1'], '1')).toThrow(/unknown option '--prot'/)
})

test('services that run elsewhere are named by place, by name, or left to the cluster of this node', () => {
  const at = (statesync: string, roles: string) =>
    configOf({ STOA_ROLES: roles, STOA_STATESYNC_SERVICE: statesync, STOA_SESSION_SERVICE: 'one:1' }).rpc
      .statesync
  expect(at('one:1, two:2', 'gateway')).toBe('one:1,two:2')
  expect(at('dns:statesync.internal:9000', 'gateway')).toBe('dns:statesync.internal:9000')
  expect(at('cluster', 'gateway,node')).toBe('cluster')
  expect(() => at('cluster', 'gateway')).toThrow('STOA_STATESYNC_SERVICE=cluster needs the role node')
  expect(() => at('somewhere', 'gateway')).toThrow('host:port')
})
