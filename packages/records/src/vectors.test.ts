import { describe, expect, it } from 'vitest'
import invalid from '../../../contracts/vectors/aegis/invalid-records.json' with { type: 'json' }
import content from '../../../contracts/vectors/aegis/valid-content.json' with { type: 'json' }
import valid from '../../../contracts/vectors/aegis/valid-records.json' with { type: 'json' }
import { fromHex, toHex } from './bytes.ts'
import { cidOf, digestOfCid } from './cid.ts'
import { RecordError } from './errors.ts'
import { BoardFold } from './fold/index.ts'
import { encodeManifest } from './manifest.ts'
import { checkReceipt, MAX_SKEW_MS, readRecord } from './record-codec.ts'
import { nodeSignatures } from './testing/node-signatures.ts'
import { hashOf } from './testing/people.ts'

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof RecordError) return error.code
    throw error
  }
  return 'taken'
}

describe('records', () => {
  it.each(valid.cases)('FORM-1, KIND-1, SIG-1: $name', ({ id, bytes, record }) => {
    const read = readRecord(fromHex(bytes))
    expect(read.record).toEqual(record)
    expect(read.id).toBe(id)
    expect(readRecord(fromHex(bytes), nodeSignatures).record).toEqual(record)
  })

  it('FOLD-1: fold into this view, with these reasons', () => {
    const fold = new BoardFold(valid.board)
    for (const { bytes } of valid.cases.toReversed()) fold.apply(readRecord(fromHex(bytes), nodeSignatures))
    expect(JSON.parse(JSON.stringify(fold.view()))).toEqual(valid.view)
    for (const { id, counts, reason } of valid.cases)
      expect([fold.counts(id), fold.reasonOf(id) ?? null]).toEqual([counts, reason])
  })

  it.each(invalid.cases)('FORM-2, FORM-3, KIND-2, SIG-2: refuses $name', ({ bytes, code }) => {
    expect(codeOf(() => readRecord(fromHex(bytes)))).toBe(code)
    expect(codeOf(() => readRecord(fromHex(bytes), nodeSignatures))).toBe(code)
  })

  it('TIME-1: refuses what is dated more than five minutes ahead of its receipt', () => {
    const read = readRecord(fromHex(valid.cases[0]!.bytes), nodeSignatures)
    const { createdAt } = read.record
    expect(codeOf(() => checkReceipt(read, createdAt - MAX_SKEW_MS))).toBe('taken')
    expect(codeOf(() => checkReceipt(read, createdAt - MAX_SKEW_MS - 1))).toBe('record.from_future')
  })
})

describe('content', () => {
  it.each(content.cids)('CID-1: of "$text"', ({ text, digest, cid }) => {
    expect(hashOf(text)).toBe(digest)
    expect(cidOf(digest)).toBe(cid)
    expect(digestOfCid(cid)).toBe(digest)
  })

  it('CID-1: refuses ids of other kinds', () => {
    const others = [
      '',
      'hello',
      'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N',
      'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi',
      content.cids[0]!.cid.toUpperCase(),
      `${content.cids[0]!.cid} `,
    ]
    for (const text of others)
      expect(
        codeOf(() => digestOfCid(text)),
        text,
      ).toBe('content.invalid_cid')
  })

  it('CHUNK-1: the bytes of a manifest', () => {
    expect(toHex(encodeManifest(content.manifest))).toBe(content.manifest.bytes)
  })
})
