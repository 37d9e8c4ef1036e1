import { FileDamagedError } from '../errors.ts'
import type { ByteSource } from '../source.ts'
import { exthTypes } from './exth.ts'
import { type MobiHeader, readHeader } from './header.ts'
import { readKf8 } from './kf8.ts'
import { readMobi6 } from './mobi6.ts'
import { PalmDatabase } from './pdb.ts'
import type { MobiText } from './types.ts'

export interface MobiBook extends MobiText {
  header: MobiHeader
  /** Bytes of the picture with this number, counted as EXTH does. */
  picture(number: number): Promise<Buffer>
}

/** Opens a Kindle book; of a file with two versions the newer. Throws a `FileError`. */
export async function openMobi(source: ByteSource): Promise<MobiBook> {
  try {
    return await open(source)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new FileDamagedError({ part: 'MOBI', reason: error.message.slice(0, 200) }, error)
  }
}

async function open(source: ByteSource): Promise<MobiBook> {
  const database = await PalmDatabase.open(source)
  const first = readHeader(await database.record(0))
  const { header, start } = await newerVersion(database, first)
  const text = header.kf8 ? await readKf8(database, header, start) : await readMobi6(database, header, start)
  return { header, picture: (number) => database.record(first.resourceStart + number), ...text }
}

/** In a combined file, EXTH 121 of the old version tells where the new one begins. */
async function newerVersion(
  database: PalmDatabase,
  first: MobiHeader,
): Promise<{ header: MobiHeader; start: number }> {
  const boundary = first.exth.get(exthTypes.kf8Boundary)?.[0]?.readUInt32BE(0)
  if (first.kf8 || boundary === undefined || boundary >= database.count) return { header: first, start: 0 }
  try {
    return { header: readHeader(await database.record(boundary)), start: boundary }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { header: first, start: 0 }
  }
}
