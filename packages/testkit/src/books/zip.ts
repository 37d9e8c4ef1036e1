import { type Zippable, zipSync } from 'fflate'

export interface ZipPart {
  name: string
  data: string | Uint8Array
  /** Kept as it is; needed for `mimetype`, sensible for pictures. */
  stored?: boolean
  /** Unix mode, e.g. `0o120777` for a symbolic link. */
  mode?: number
}

/** A fixed date, so that the same book has the same bytes on every day and in every time zone. */
const mtime = new Date(2024, 0, 1, 12)

/** A ZIP container with these parts in this order. */
export function buildZip(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  const files: Zippable = {}
  for (const { name, data, stored, mode } of parts) {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    // 3: made on Unix, so that the mode counts.
    const unix = mode === undefined ? {} : { os: 3, attrs: mode * 0x10000 }
    files[name] = [bytes, { level: stored ? 0 : 6, mtime, ...unix }]
  }
  return zipSync(files)
}
