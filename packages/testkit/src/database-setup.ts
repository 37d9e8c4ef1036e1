import type { TestProject } from 'vitest/node'
import { startTestCluster } from './database-cluster.ts'

/** Vitest's global set-up of the rings that need a database; `STOA_TEST_DATABASE_URL` names a server to use instead. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.STOA_TEST_DATABASE_URL
  const { cluster, stop } = await startTestCluster(url === undefined || url === '' ? undefined : url)
  project.provide('cluster', cluster)
  return stop
}
