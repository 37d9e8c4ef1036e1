import type { BigIntStats } from 'node:fs'
import type { BlobInfo } from '../blobs.ts'

/** A file's facts. The version is its inode and time of writing: a replaced file has another inode. */
export function toInfo(key: string, stats: BigIntStats): BlobInfo {
  return {
    key,
    size: Number(stats.size),
    version: `${stats.ino.toString(36)}-${stats.mtimeNs.toString(36)}-${stats.size.toString(36)}`,
    modifiedAt: new Date(Number(stats.mtimeMs)),
  }
}
