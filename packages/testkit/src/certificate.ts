import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificate {
  /** PEM. */
  readonly cert: string
  /** PEM. */
  readonly key: string
}

/** A new self-signed certificate, good for a day, for `localhost`, 127.0.0.1 and `names`. Made by the machine's openssl. */
export async function createCertificate(names: readonly string[] = []): Promise<Certificate> {
  const directory = await mkdtemp(join(tmpdir(), 'stoa-cert-'))
  try {
    const hosts = ['DNS:localhost', 'IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)]
    const files = { key: join(directory, 'key.pem'), cert: join(directory, 'cert.pem') }
    const identity = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${hosts.join(',')}`]
    const keyOptions = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
    await run('openssl', [
      'req',
      '-x509',
      ...keyOptions,
      ...identity,
      '-keyout',
      files.key,
      '-out',
      files.cert,
    ])
    return { cert: await readFile(files.cert, 'utf8'), key: await readFile(files.key, 'utf8') }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
