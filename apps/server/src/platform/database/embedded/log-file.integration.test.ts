import { writeSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LogFile } from './log-file.ts'

describe('the log file', () => {
  let folder: string
  let log: LogFile
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stoa-log-'))
    log = new LogFile(join(folder, 'postgres.log'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const write = (text: string) => log.withDescriptor((descriptor) => writeSync(descriptor, text))

  test('does not exist before the first line', async () => {
    expect([await log.size(), await log.tail()]).toEqual([0, ''])
  })

  test('is set aside when it is large, under the server’s open descriptor', async () => {
    await log.withDescriptor(async () => {})
    write('old '.repeat(10))
    await log.rotate(100)
    expect(await log.size()).toBe(40)
    await log.rotate(10)
    write('new')
    expect(await readFile(log.path, 'utf8')).toBe('new')
    expect(await readFile(`${log.path}.1`, 'utf8')).toBe('old '.repeat(10))
  })

  test('tells its last lines, from a given place', async () => {
    write('first\n')
    const offset = await log.size()
    write(`${'x'.repeat(5000)}\nlast\n`)
    expect(await log.tail(offset)).toMatch(/^x+\nlast$/)
    expect((await log.tail()).length).toBeLessThanOrEqual(4000)
  })
})
