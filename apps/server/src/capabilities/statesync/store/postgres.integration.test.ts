import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { afterAll, beforeAll } from 'vitest'
import { PostgresStateSyncStore } from './postgres.ts'
import { stateSyncStoreAcceptance } from './store.acceptance.ts'

let db: TestDatabase
let [tenantId, otherTenantId] = ['', '']

beforeAll(async () => {
  db = await testDatabase()
  tenantId = (await createTenant(db, 'Ours')).tenantId
  otherTenantId = (await createTenant(db, 'Theirs')).tenantId
})
afterAll(() => db.close())

const letOwnersDie = async () => {
  await db.sql(`update stoa.statesync_owners set beat_at = now() - interval '1 minute'`)
}
stateSyncStoreAcceptance('PostgreSQL', () => ({
  store: new PostgresStateSyncStore(db.database),
  ...{ tenantId, otherTenantId, letOwnersDie },
}))
