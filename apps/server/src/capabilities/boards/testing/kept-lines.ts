import type { Logger } from '@stoa/kernel'

export type KeptLine = Readonly<Record<string, unknown>>

/** A logger that keeps what it is told. */
export function keptLines(): { readonly log: Logger; readonly lines: readonly KeptLine[] } {
  const lines: KeptLine[] = []
  const keep = (fields: KeptLine) => void lines.push(fields)
  const log: Logger = { debug: keep, info: keep, warn: keep, error: keep, child: () => log }
  return { log, lines }
}
