/** Hashes are hexadecimal texts in memory and 32 bytes in the database. */
export const toBytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

export const allBytes = (list: readonly string[]): Buffer[] => list.map(toBytes)

export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
