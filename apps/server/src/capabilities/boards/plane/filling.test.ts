import { createHash } from 'node:crypto'
import type { Bound } from '@stoa/reconcile'
import { authorOf, issueRecord, type ReadRecord } from '@stoa/records'
import { expect, test } from 'vitest'
import { toBytes } from '../hex.ts'
import { nativeSignatures } from '../signatures.ts'
import { fill } from './filling.ts'
import type { Part } from './wire.ts'

const signatures = nativeSignatures()
const author = authorOf(new Uint8Array(32).fill(3))
const START = 1_700_000_000_000

/** One a second, the newest first. */
const records: ReadRecord[] = Array.from({ length: 60 }, (_, n) =>
  issueRecord(
    author,
    { board: createHash('sha256').update('board').digest('hex'), createdAt: START + n * 1000, after: [] },
    { kind: 'delete', target: createHash('sha256').update(`${n}`).digest('hex') },
    signatures,
  ),
).reverse()
const placeOf = ({ id, record }: ReadRecord): Bound => ({
  timestamp: record.createdAt / 1000,
  prefix: toBytes(id),
})
const FIRST = { timestamp: 0, prefix: new Uint8Array(0) }
const LAST = { timestamp: Infinity, prefix: new Uint8Array(0) }

/** Parts of 20 records, as an honest peer gives them. */
function part(from: number, count = 20): Part {
  const given = records.slice(from, from + count)
  const left = records.length - from - given.length
  const last = given.at(-1)
  return { records: given.map(({ bytes }) => bytes), left, next: left > 0 && last ? placeOf(last) : null }
}

async function filled(parts: readonly Part[]) {
  const kept: string[] = []
  const told: number[] = []
  const queue = [...parts]
  const byBytes = new Map(records.map((one) => [one.bytes, one]))
  const error = await fill(
    { from: FIRST, to: LAST },
    {
      ask: async () => queue.shift() ?? Promise.reject(new Error('asked once too often')),
      read: async (list) => ({
        records: list.flatMap((bytes) => byBytes.get(bytes) ?? []),
        ahead: [],
        refused: list.filter((bytes) => !byBytes.has(bytes)).map(() => '0'),
        forged: 0,
      }),
      keep: async (read) => void kept.push(...read.records.map(({ id }) => id)),
      onPart: (_, left) => void told.push(left),
    },
  ).catch((thrown: { code?: string }) => thrown.code)
  return { error, kept, told }
}

test('SYNC-6: brings a range over in parts, the newest first', async () => {
  const { error, kept, told } = await filled([part(0), part(20), part(40)])
  expect(error).toBe(0)
  expect(kept).toEqual(records.map(({ id }) => id))
  expect(told).toEqual([40, 20, 0])
})

test('SYNC-6: what came before a lie is kept, and the lie is told', async () => {
  const drops = await filled([part(0), { ...part(20, 10) }])
  expect(drops).toMatchObject({ error: 'sync.undelivered', told: [40] })
  expect(drops.kept).toHaveLength(20)
  const circles = await filled([part(0), { ...part(20), next: placeOf(records[5] as ReadRecord) }])
  expect(circles.error).toBe('sync.malformed')
  const others = await filled([part(0), part(0)])
  expect(others.error).toBe('sync.malformed')
  const outside = await filled([part(0), { ...part(40), records: part(10).records }])
  expect(outside.error).toBe('sync.not_asked')
  expect(outside.kept).toHaveLength(20)
})

test('SYNC-6: what nobody can use comes to an end', async () => {
  const junk = Array.from({ length: 600 }, () => new Uint8Array(8))
  const { error } = await filled([{ ...part(0), records: junk }, { ...part(20), records: junk }, part(40)])
  expect(error).toBe('sync.undelivered')
})
