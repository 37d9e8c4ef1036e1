import { FileDrmError } from '../errors.ts'
import { type Exth, readExth } from './exth.ts'

const none = 0xffffffff

/** Record 0 of a Kindle book. Numbers of records are relative to it, but for `resourceStart`. */
export interface MobiHeader {
  compression: 'none' | 'palmdoc' | 'huffman'
  /** Length of the whole text, uncompressed. */
  textLength: number
  textRecords: number
  /** WHATWG label. */
  encoding: string
  version: number
  title: string
  /** Primary language, from the Windows language id. */
  language: string | undefined
  resourceStart: number
  huffman: { first: number; count: number }
  trailingFlags: number
  /** Record of the index of the table of contents. */
  ncx: number | undefined
  /** Records of KF8: the skeletons, what goes into them. */
  kf8: { fragments: number; skeletons: number; fdst: number } | undefined
  exth: Exth
}

/** Throws `FileDrmError` for encrypted books and `RangeError` for broken headers. */
export function readHeader(record: Buffer): MobiHeader {
  if (record.toString('latin1', 16, 20) !== 'MOBI') throw new RangeError('no MOBI header')
  if (record.readUInt16BE(12) !== 0) throw new FileDrmError({ scheme: 'kindle' })
  const length = record.readUInt32BE(20)
  const field = (offset: number) => (offset + 4 <= length + 16 ? record.readUInt32BE(offset) : none)
  const version = field(36)
  const encoding = field(28) === 65001 ? 'utf-8' : 'windows-1252'
  const titleStart = field(84)
  const title = new TextDecoder(encoding).decode(record.subarray(titleStart, titleStart + field(88)))
  return {
    compression: compressionOf(record.readUInt16BE(0)),
    textLength: record.readUInt32BE(4),
    textRecords: record.readUInt16BE(8),
    encoding,
    version,
    title,
    language: languages[field(92) & 0xff],
    resourceStart: field(108),
    huffman: { first: field(112), count: field(116) },
    trailingFlags: field(240) === none ? 0 : field(240),
    ncx: field(244) === none ? undefined : field(244),
    kf8:
      version >= 8 && version !== none
        ? { fdst: field(192), fragments: field(248), skeletons: field(252) }
        : undefined,
    exth: field(128) !== none && field(128) & 0x40 ? readExth(record.subarray(length + 16)) : new Map(),
  }
}

function compressionOf(code: number): MobiHeader['compression'] {
  if (code === 1) return 'none'
  if (code === 2) return 'palmdoc'
  if (code === 17480) return 'huffman'
  throw new RangeError(`unknown compression ${code}`)
}

/** Windows primary language ids (LCID, low byte). */
const languages: Readonly<Record<number, string>> = {
  1: 'ar',
  2: 'bg',
  3: 'ca',
  4: 'zh',
  5: 'cs',
  6: 'da',
  7: 'de',
  8: 'el',
  9: 'en',
  10: 'es',
  11: 'fi',
  12: 'fr',
  13: 'he',
  14: 'hu',
  15: 'is',
  16: 'it',
  17: 'ja',
  18: 'ko',
  19: 'nl',
  20: 'no',
  21: 'pl',
  22: 'pt',
  24: 'ro',
  25: 'ru',
  26: 'hr',
  27: 'sk',
  28: 'sq',
  29: 'sv',
  30: 'th',
  31: 'tr',
  32: 'ur',
  33: 'id',
  34: 'uk',
  35: 'be',
  36: 'sl',
  37: 'et',
  38: 'lv',
  39: 'lt',
  41: 'fa',
  42: 'vi',
  43: 'hy',
  45: 'eu',
  54: 'af',
  55: 'ka',
  57: 'hi',
}
