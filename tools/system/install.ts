import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { run } from '../lib/run.ts'
import type { SystemPart } from './parts.ts'

/** Installs the Debian packages of missing parts, when this is root on a Debian; says what is missing otherwise. */
export async function provideParts(
  parts: readonly SystemPart[],
  say: (line: string) => void,
): Promise<readonly SystemPart[]> {
  const missing = parts.filter((part) => !part.present())
  if (missing.length === 0) return []
  const packages = missing.flatMap((part) => part.packages)
  if (!canInstall()) {
    say(`Missing: ${missing.map(({ name, wantedBy }) => `${name} (${wantedBy})`).join(', ')}`)
    say(`On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`)
    return missing
  }
  await installPackages(packages, say)
  return missing.filter((part) => !part.present())
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs Debian packages as root without starting any service they bring. */
export async function installPackages(
  packages: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  say(`Installing ${packages.join(' ')} (Debian packages; services are not started)`)
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-y', '-qq']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const release = keepServicesStopped()
  try {
    const updated = await run('apt-get', ['update', ...options], { env })
    const installed = await run('apt-get', ['install', '--no-install-recommends', ...options, ...packages], {
      env,
    })
    if (installed.code !== 0) say(`apt-get failed:\n${updated.output}\n${installed.output}`.trim())
  } finally {
    release()
  }
}

/** Debian asks this file before it starts a service; 101 means no. An existing one is left as it is. */
function keepServicesStopped(): () => void {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return () => {}
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  return () => rmSync(policy, { force: true })
}
