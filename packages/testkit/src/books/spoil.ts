/** Fields of a ZIP entry that a test may falsify (APPNOTE 4.3.7 and 4.3.12). */
export interface EntryLies {
  /** General purpose flags, e.g. 1: encrypted. */
  flags?: number
  method?: number
  crc32?: number
  /** Declared uncompressed size. */
  size?: number
}

/** A copy of `zip` in which both headers of one entry say something else. */
export function lieAbout(zip: Uint8Array, name: string, lies: EntryLies): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(zip)
  const view = new DataView(bytes.buffer)
  const central = findCentral(bytes, view, name)
  const local = view.getUint32(central + 42, true)
  // The same fields stand two bytes later in the central directory.
  for (const [at, shift] of [
    [local, 0],
    [central, 2],
  ] as const) {
    if (lies.flags !== undefined) view.setUint16(at + 6 + shift, lies.flags, true)
    if (lies.method !== undefined) view.setUint16(at + 8 + shift, lies.method, true)
    if (lies.crc32 !== undefined) view.setUint32(at + 14 + shift, lies.crc32, true)
    if (lies.size !== undefined) view.setUint32(at + 22 + shift, lies.size, true)
  }
  return bytes
}

/** A copy of `zip` with the bytes of one entry's content turned over from the middle on. */
export function damageContent(zip: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(zip)
  const view = new DataView(bytes.buffer)
  const central = findCentral(bytes, view, name)
  const local = view.getUint32(central + 42, true)
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const end = start + view.getUint32(central + 20, true)
  for (let at = (start + end) >> 1; at < end; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x5a
  return bytes
}

function findCentral(bytes: Uint8Array, view: DataView, name: string): number {
  for (let at = 0; at < bytes.length - 46; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const found = bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))
    if (new TextDecoder().decode(found) === name) return at
  }
  throw new Error(`no entry ${name}`)
}
