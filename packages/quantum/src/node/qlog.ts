import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { TraceSink } from '../connection/options.ts'

/** Lines held back while the disk is slow; then they are left out, and counted. */
const MAX_BUFFERED = 8 << 20

/** A trace that goes to a file. */
export interface QlogFile extends AsyncDisposable {
  /** For `trace` of `connect` and `listen`. */
  readonly trace: TraceSink
  /** Events left out because the disk did not follow. */
  readonly dropped: number
  /** Resolves when everything is in the file, rejects when it could not be written. */
  close(): Promise<void>
}

/**
 * Writes a trace as JSON text sequences after qlog (draft-ietf-quic-qlog-main-schema, streamed form): a header, then one event a
 * record with milliseconds since the first. `vantage`: whose side is told.
 */
export function qlogFile(path: string, vantage: 'client' | 'server'): QlogFile {
  const file = createWriteStream(path)
  const done = finished(file)
  done.catch(() => {})
  let since: number | undefined
  let dropped = 0
  const write = (record: object) => file.write(`\u001e${JSON.stringify(record)}\n`)
  const common_fields = { time_format: 'relative_to_epoch', reference_time: { clock_type: 'monotonic' } }
  const trace = { vantage_point: { type: vantage }, common_fields }
  write({
    file_schema: 'urn:ietf:params:qlog:file:sequential',
    serialization_format: 'application/qlog+json-seq',
    trace,
  })
  return {
    trace: (now, event, data) => {
      since ??= now
      if (file.writableLength > MAX_BUFFERED || file.destroyed) dropped++
      else write({ time: Number((now - since).toFixed(3)), name: `quantum:${event}`, data })
    },
    get dropped() {
      return dropped
    },
    close: () => {
      file.end()
      return done
    },
    async [Symbol.asyncDispose]() {
      await this.close()
    },
  }
}
