import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@stoa/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseConfig } from '../config/config.ts'
import { createEmbeddedPostgres } from '../platform/database/embedded/embedded.ts'
import { type SchemaTask, workOnSchema } from './migrate.ts'

let directory = ''
let database: DatabaseConfig

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stoa-maintenance-'))
  database = { kind: 'embedded', directory, maxConnections: 5 }
})

afterAll(() => rm(directory, { recursive: true, force: true }))

const signal = new AbortController().signal
const work = (task: SchemaTask) => workOnSchema(database, task, silentLogger, signal)

test('a new folder is brought up, one step down, up again; each report says where it stands', async () => {
  const fresh = await work({ kind: 'status' })
  const names = fresh.migrations.map(({ name }) => name)
  expect(fresh.changed).toEqual([])
  expect(fresh.migrations.every(({ appliedAt }) => appliedAt === undefined)).toBe(true)

  const up = await work({ kind: 'up' })
  expect(up.changed).toEqual(names)
  expect(up.migrations.every(({ appliedAt }) => appliedAt !== undefined)).toBe(true)

  const down = await work({ kind: 'down', count: 1 })
  expect(down.changed).toEqual(names.slice(-1))
  expect(down.migrations.at(-1)?.appliedAt).toBeUndefined()

  expect((await work({ kind: 'up' })).changed).toEqual(names.slice(-1))
})

test('while a program runs on the folder, its schema is left alone', async () => {
  const running = createEmbeddedPostgres({ dataDir: directory, log: silentLogger })
  await running.start(signal)
  try {
    await expect(work({ kind: 'up' })).rejects.toMatchObject({ code: 'database.already_running' })
  } finally {
    await running.stop()
  }
})
