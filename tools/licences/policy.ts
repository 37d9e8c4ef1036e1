import type { InstalledPackage } from './packages.ts'

/** Licences whose terms an Apache-2.0 work can carry: permissive ones, and public-domain grants. */
const SHIPPED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
])

/** Tools that are run, not shipped, may also be under these. */
const DEVELOPMENT = new Set([...SHIPPED, 'Artistic-2.0', 'CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0', 'OFL-1.1'])

/** Packages looked at one by one: the licence as found → why it is fine. */
export const EXCEPTIONS: Readonly<Record<string, { licence: string; reason: string }>> = {
  '@fontsource-variable/inter': { licence: 'OFL-1.1', reason: 'font, shipped unchanged with its licence' },
  '@fontsource-variable/source-serif-4': {
    licence: 'OFL-1.1',
    reason: 'font, shipped unchanged with its licence',
  },
  '@img/sharp-libvips-': {
    licence: 'LGPL-3.0-or-later',
    reason: 'shared library, linked dynamically and replaceable',
  },
  '@inlang/plugin-message-format': { licence: 'unknown', reason: 'build tool; its LICENSE file is MIT' },
  '@lix-js/sdk-': {
    licence: 'unknown',
    reason: 'build tool; the package it belongs to, @lix-js/sdk, is MIT',
  },
  duck: { licence: 'BSD', reason: 'its LICENSE file is BSD-2-Clause' },
  'humanize-number': { licence: 'unknown', reason: 'test tool; MIT in its readme' },
}

/** Faults of the packages under the policy, as lines. */
export function licenceFaults(packages: readonly InstalledPackage[], shipped: boolean): readonly string[] {
  const allowed = shipped ? SHIPPED : DEVELOPMENT
  return packages
    .filter((item) => !satisfies(item.licence, allowed) && !isException(item))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence} is not on the list`)
}

function isException({ name, licence }: InstalledPackage): boolean {
  return Object.entries(EXCEPTIONS).some(
    ([prefix, exception]) =>
      (name === prefix || (prefix.endsWith('-') && name.startsWith(prefix))) && exception.licence === licence,
  )
}

/** Whether an SPDX expression can be met with allowed licences: one side of OR, both sides of AND. */
export function satisfies(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim()
  return plain
    .split(/\s+OR\s+/)
    .some((choice) =>
      choice.split(/\s+AND\s+/).every((part) => allowed.has(part.replace(/\s+WITH\s+\S+$/, '').trim())),
    )
}
