import { expect, it } from 'vitest'
import { type AdminBundle, formatAdminBundle, parseAdminBundle } from './admin-bundle.ts'
import { MembershipError } from './errors.ts'
import { at, CLUSTER, proofOf, publicKeyOf, secretOf } from './testing/cluster.ts'

const bundle: AdminBundle = {
  clusterId: CLUSTER,
  systemPublicKey: publicKeyOf('system'),
  adminSecretKey: secretOf('admin'),
  adminProof: proofOf('admin'),
  bootstrap: ['stoa.example', '/dns4/a.example/tcp/4101/tls/ws'],
}

it('BUNDLE-1: comes back as it went, pasted with spaces around', () => {
  expect(formatAdminBundle(bundle)).toMatch(/^p2pos-admin:\/\/[A-Za-z0-9+/]+=*$/)
  expect(parseAdminBundle(`\n ${formatAdminBundle(bundle)} \n`)).toEqual(bundle)
})

it('BUNDLE-1: an expired proof still opens: the page then says so', () => {
  const old = { ...bundle, adminProof: proofOf('admin', { not_after: at(-10) }) }
  expect(parseAdminBundle(formatAdminBundle(old)).adminProof.not_after).toBe(at(-10))
})

it('BUNDLE-2: refuses what does not fit together', () => {
  const json = (value: unknown) => `p2pos-admin://${btoa(JSON.stringify(value))}`
  const wrong = [
    '',
    'https://example.org',
    'p2pos-admin://%%%',
    json(null),
    json({ v: 2 }),
    json({ v: 1, cluster_id: 7 }),
    json({ v: 1, cluster_id: CLUSTER, bootstrap: [1] }),
    json({ v: 1, cluster_id: CLUSTER, bootstrap: [], system_pubkey: 'AAAA' }),
    formatAdminBundle({ ...bundle, adminSecretKey: secretOf('alpha') }),
    formatAdminBundle({ ...bundle, systemPublicKey: publicKeyOf('alpha') }),
    formatAdminBundle({ ...bundle, clusterId: 'other' }),
    `${formatAdminBundle(bundle)}${'A'.repeat(70_000)}`,
  ]
  for (const text of wrong) expect(() => parseAdminBundle(text), text.slice(0, 60)).toThrow(MembershipError)
})
