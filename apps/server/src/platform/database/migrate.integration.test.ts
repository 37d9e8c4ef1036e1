import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { schemaSnapshot } from './catalog/snapshot.ts'
import { migrateDown, migrateUp, migrationStatus, readMigrations } from './migrate.ts'

describe('migrations', () => {
  let db: TestDatabase
  let options: { ownerUrl: string; log: typeof silentLogger }
  const folders: string[] = []

  beforeEach(async () => {
    db = await testDatabase()
    options = { ownerUrl: db.ownerUrl, log: silentLogger }
  })
  afterEach(async () => {
    await db.close()
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })

  /** The program's migrations and one more. */
  async function withExtra(up: string, down = 'select 1'): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'stoa-migrations-'))
    folders.push(directory)
    await cp(join(import.meta.dirname, 'migrations'), directory, { recursive: true })
    await writeFile(join(directory, '20991231_999_extra.up.sql'), up)
    await writeFile(join(directory, '20991231_999_extra.down.sql'), down)
    return directory
  }

  test('each goes down and up again to the same schema', async () => {
    const names = (await readMigrations()).map(({ name }) => name)
    const whole = await schemaSnapshot(db.sql)
    const before: string[][] = []
    for (const name of names.toReversed()) {
      before.unshift(await schemaSnapshot(db.sql))
      expect(await migrateDown({ ...options, count: 1 })).toEqual([name])
    }
    expect((await schemaSnapshot(db.sql)).filter((line) => !line.startsWith('extension'))).toEqual([])
    expect(await migrateUp(options)).toEqual(names)
    expect(await schemaSnapshot(db.sql)).toEqual(whole)
    expect(before.at(-1)).toEqual(whole)
  })

  test('applied twice change nothing, also by programs that start at once', async () => {
    const directory = await withExtra('create table extra (id int primary key)', 'drop table extra')
    const applied = await Promise.all([1, 2, 3].map(() => migrateUp({ ...options, directory })))
    expect(applied.flat()).toEqual(['20991231_999_extra'])
    expect(await migrateUp({ ...options, directory })).toEqual([])
    const status = await migrationStatus({ ...options, directory })
    expect(status.every(({ appliedAt }) => appliedAt instanceof Date)).toBe(true)
  })

  test('one that fails leaves nothing behind and names itself', async () => {
    const directory = await withExtra(
      'create table extra (id int); insert into extra values (1); select 1 / 0',
    )
    await expect(migrateUp({ ...options, directory })).rejects.toMatchObject({
      code: 'database.migration_failed',
      message: expect.stringContaining('20991231_999_extra'),
    })
    expect(await db.sql(`select to_regclass('stoa.extra') as found`)).toEqual([{ found: null }])
    const status = await migrationStatus({ ...options, directory })
    expect(status.at(-1)).toEqual({ name: '20991231_999_extra', appliedAt: undefined })
  })

  test('a file changed after it was applied is refused', async () => {
    const directory = await withExtra('create table extra (id int)')
    await migrateUp({ ...options, directory })
    await writeFile(join(directory, '20991231_999_extra.up.sql'), 'create table extra (id bigint)')
    await expect(migrateUp({ ...options, directory })).rejects.toMatchObject({
      code: 'database.corrupt_migration',
    })
  })

  test('a database of a newer program is refused', async () => {
    const directory = await withExtra('create table extra (id int)')
    await migrateUp({ ...options, directory })
    await expect(migrateUp(options)).rejects.toMatchObject({ code: 'database.unknown_migration' })
  })
})
