import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { fromHex, toHex } from './bytes.ts'
import { RecordError } from './errors.ts'

const RAW = 0x55
const SHA2_256 = 0x12

/** The CIDv1 (codec raw, base 32) of content whose SHA-256 is `digest`, 64 hexadecimal digits (CID-1). */
export function cidOf(digest: string): string {
  return CID.createV1(RAW, create(SHA2_256, fromHex(digest))).toString()
}

/** The SHA-256 that a CID names; other codecs, hashes, versions and bases are refused (CID-1). */
export function digestOfCid(text: string): string {
  let cid: CID
  try {
    cid = CID.parse(text.slice(0, 128))
  } catch (cause) {
    throw new RecordError('content.invalid_cid', 'This is no CID.', cause)
  }
  const digest = toHex(cid.multihash.digest)
  if (cid.multihash.digest.length !== 32 || cidOf(digest) !== text)
    throw new RecordError('content.invalid_cid', 'Content has CIDv1 ids with codec raw, SHA-256 and base 32.')
  return digest
}
