import { authorOf, issueRecord, readRecordElsewhere } from '@stoa/records'
import { expect, test } from 'vitest'
import { nativeSignatures, pooledSignatures } from './signatures.ts'

const author = authorOf(new Uint8Array(32).fill(7))
const board = issueRecord(
  author,
  { board: null, createdAt: 1_700_000_000_000, after: [] },
  { kind: 'board', title: 'Pooled', access: 'open' },
  nativeSignatures(),
)

test('SIG-1: on other threads the same records pass, and the same are refused', async () => {
  const pooled = pooledSignatures()
  expect(await readRecordElsewhere(board.bytes, pooled)).toEqual(board)
  const forged = board.bytes.slice()
  const at = Buffer.from(forged).indexOf('Pooled')
  forged.set(Buffer.from('Forged'), at)
  await expect(readRecordElsewhere(forged, pooled)).rejects.toMatchObject({ code: 'record.bad_signature' })
  await expect(readRecordElsewhere(forged.slice(1), pooled)).rejects.toMatchObject({
    code: 'record.malformed',
  })
})

test('SIG-2: a key of small order verifies nothing', async () => {
  const small = new Uint8Array(32).fill(0)
  small[0] = 1
  const { verifyElsewhere } = pooledSignatures()
  expect(await verifyElsewhere?.(new Uint8Array(64), new Uint8Array(3), small)).toBe(false)
})
