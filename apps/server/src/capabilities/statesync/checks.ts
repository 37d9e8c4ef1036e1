import { isUuid } from '@stoa/kernel'
import { StateSyncError } from './errors.ts'

/** Fields of a call, checked. @throws StateSyncError `document.invalid` */

const invalid = (message: string): StateSyncError => new StateSyncError('document.invalid', message)

export function checkIds(ids: Readonly<Record<string, string>>): void {
  for (const [name, id] of Object.entries(ids)) if (!isUuid(id)) throw invalid(`${name} must be a UUID.`)
}

export function checkTitle(title: string): string {
  if (title.length > 500) throw invalid('title may have 500 characters at most.')
  return title
}

export function checkMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(metadata).length > 32 || JSON.stringify(metadata).length > 4096)
    throw invalid('metadata may have 32 entries and 4 KiB at most.')
  return metadata
}

export function checkHolder(holder: string): string {
  if (holder.length === 0 || holder.length > 200) throw invalid('holder_id must have 1 to 200 characters.')
  return holder
}

export function checkSeconds(seconds: number): number {
  if (seconds < 1 || seconds > 300) throw invalid('ttl_seconds must be from 1 to 300.')
  return seconds
}

/** A page size or a limit; 0 = the default. */
export function checkLimit(limit: number, fallback: number, most: number): number {
  if (limit > most) throw invalid(`At most ${most} may be asked for.`)
  return limit === 0 ? fallback : limit
}
