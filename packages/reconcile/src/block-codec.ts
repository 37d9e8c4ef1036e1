import { BLOCK_CAPACITY, Block } from './block.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { ReconcileError } from './errors.ts'
import { compareToPrefix, ID_BYTES, MAX_TIMESTAMP } from './item.ts'
import { SUM_WORDS, sameSum } from './sum.ts'

const FORMAT = 1

/** What the blocks are, beside themselves: their keys in order, and up to where in the records they go. */
export interface StorageHead {
  readonly keys: readonly number[]
  readonly nextKey: number
  /** The owner's own mark, e.g. the sequence number of the last record that is in. */
  readonly mark: string
}

/** Format 1: version, count, sum, timestamps as differences, ids (STORE-2). */
export function encodeBlock(block: Block): Uint8Array {
  const writer = new ByteWriter(64 + block.count * (ID_BYTES + 3))
  writer.byte(FORMAT)
  writer.varint(block.count)
  writer.bytes(new Uint8Array(block.sum.buffer))
  let previous = 0
  for (let at = 0; at < block.count; at++) {
    writer.varint(block.timestamps[at]! - previous)
    previous = block.timestamps[at]!
  }
  writer.bytes(block.ids.subarray(0, block.count * ID_BYTES))
  return writer.finish()
}

export function decodeBlock(key: number, bytes: Uint8Array): Block {
  return guarded(bytes, (reader) => {
    const count = reader.varint()
    if (count < 1 || count > BLOCK_CAPACITY) throw corrupt(`a block of ${count} items`)
    const sum = new Uint32Array(reader.bytes(SUM_WORDS * 4).slice().buffer)
    const times: number[] = []
    let timestamp = 0
    for (let at = 0; at < count; at++) {
      timestamp += reader.varint()
      if (timestamp > MAX_TIMESTAMP) throw corrupt('a timestamp out of range')
      times.push(timestamp)
    }
    const block = new Block(key)
    for (const time of times) append(block, time, reader.bytes(ID_BYTES))
    if (!sameSum(block.sum, sum)) throw corrupt('a block whose sum differs')
    block.savedRevision = block.revision
    return block
  })
}

export function encodeHead({ keys, nextKey, mark }: StorageHead): Uint8Array {
  const writer = new ByteWriter()
  const text = new TextEncoder().encode(mark)
  writer.byte(FORMAT)
  writer.varint(text.length)
  writer.bytes(text)
  writer.varint(nextKey)
  writer.varint(keys.length)
  for (const key of keys) writer.varint(key)
  return writer.finish()
}

export function decodeHead(bytes: Uint8Array): StorageHead {
  return guarded(bytes, (reader) => {
    const mark = new TextDecoder().decode(reader.bytes(reader.varint()))
    const nextKey = reader.varint()
    const count = reader.varint()
    if (count > reader.remaining) throw corrupt('a head cut short')
    const keys = Array.from({ length: count }, () => reader.varint())
    if (keys.some((key) => key >= nextKey) || new Set(keys).size !== count) throw corrupt('keys')
    return { keys, nextKey, mark }
  })
}

/** Whether the items of `first` all come before those of `second`. */
export function inOrder(first: Block, second: Block): boolean {
  const last = first.count - 1
  return isAbove(second, 0, first.timestamps[last]!, first.id(last))
}

export function corrupt(what: string): ReconcileError {
  return new ReconcileError('reconcile.corrupt_blocks', `Stored blocks cannot be used: ${what}.`)
}

function append(block: Block, timestamp: number, id: Uint8Array): void {
  block.insert(block.count, timestamp, id)
  const [last, before] = [block.count - 1, block.count - 2]
  if (before >= 0 && !isAbove(block, last, block.timestamps[before]!, block.id(before)))
    throw corrupt('items out of order')
}

function isAbove(block: Block, at: number, timestamp: number, id: Uint8Array): boolean {
  const difference = block.timestamps[at]! - timestamp || compareToPrefix(block.ids, at * ID_BYTES, id)
  return difference > 0
}

function guarded<T>(bytes: Uint8Array, read: (reader: ByteReader) => T): T {
  const reader = new ByteReader(bytes)
  try {
    if (reader.byte() !== FORMAT) throw corrupt('an unknown format')
    const value = read(reader)
    if (!reader.done) throw corrupt('bytes left over')
    return value
  } catch (error) {
    if (error instanceof ReconcileError && error.code === 'reconcile.corrupt_blocks') throw error
    throw corrupt(error instanceof Error ? error.message : 'unreadable')
  }
}
