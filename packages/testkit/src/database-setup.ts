import type { TestProject } from 'vitest/node'
import { startTestCluster } from './database-cluster.ts'
import { startOtherAdapters } from './other-adapters.ts'
import { startSystemPostgres } from './system-postgres.ts'

/**
 * Vitest's global set-up of the rings that need a database: the embedded server in a temporary folder.
 * `STOA_TEST_DATABASE_URL` names another server for the same tests, as a superuser (tests look past row-level security);
 * `system` starts the one that this machine's packages bring, with an owner that is no superuser. With `STOA_TEST_ADAPTERS`
 * set to `other`, whole programs cache in a Redis and keep files in an S3-compatible store.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wanted = process.env.STOA_TEST_DATABASE_URL ?? ''
  const system = wanted === 'system' ? await startSystemPostgres() : undefined
  const url = system?.ownerUrl ?? (wanted === '' ? undefined : wanted)
  const { cluster, stop } = await startTestCluster(url, system?.adminUrl)
  project.provide('cluster', cluster)
  const others = process.env.STOA_TEST_ADAPTERS === 'other' ? await startOtherAdapters() : undefined
  project.provide('adapters', others?.adapters)
  return async () => {
    await others?.stop()
    await stop()
    await system?.stop()
  }
}
