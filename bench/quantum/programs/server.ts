/** Receives: counts bulk bytes over time, measures how long messages took. `server.ts PEER HOST PORT`; a line on stdin ends it. */
import { createInterface } from 'node:readline'
import { createCertificate } from '@stoa/testkit/certificate'
import { peerNamed } from '../peers/peers.ts'
import type { Channel } from './channel.ts'
import {
  BULK_MARK,
  type BulkReport,
  type ChannelReport,
  MESSAGE_BYTES,
  type MessagesReport,
  monotonicMs,
} from './report.ts'

const SERIES_STEP_MS = 20

const reports: ChannelReport[] = []

function receiveBulk(): (bytes: Uint8Array) => void {
  const report: BulkReport = { kind: 'bulk', series: [] }
  reports.push(report)
  let total = 0
  let next = 0
  return (bytes) => {
    total += bytes.length
    const now = monotonicMs()
    if (now < next) {
      report.series[report.series.length - 1] = [now, total]
      return
    }
    next = now + SERIES_STEP_MS
    report.series.push([now, total], [now, total])
  }
}

function receiveMessages(firstByteMs: number): (bytes: Uint8Array) => void {
  const report: MessagesReport = { kind: 'messages', firstByteMs, latencies: [] }
  reports.push(report)
  let rest = Buffer.alloc(0)
  return (bytes) => {
    const now = monotonicMs()
    rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : Buffer.from(bytes)
    let offset = 0
    for (; rest.length - offset >= MESSAGE_BYTES; offset += MESSAGE_BYTES) {
      report.latencies.push(Number((now - rest.readDoubleBE(offset + 4)).toFixed(3)))
    }
    rest = rest.subarray(offset)
  }
}

function accept(channel: Channel): void {
  let receive: ((bytes: Uint8Array) => void) | undefined
  channel.onData((bytes) => {
    if (bytes.length === 0) return
    if (receive) {
      receive(bytes)
      return
    }
    receive = bytes[0] === BULK_MARK ? receiveBulk() : receiveMessages(monotonicMs())
    if (bytes.length > 1) receive(bytes.subarray(1))
  })
}

const [peer = '', host = '', port = ''] = process.argv.slice(2)
const { cert, key } = createCertificate([host])
await peerNamed(peer).listen({ host, port: Number(port), cert, key }, accept)
process.stdout.write('listening\n')

createInterface({ input: process.stdin }).once('line', () => {
  process.stdout.write(
    `${JSON.stringify({ reports, cpuMs: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000 })}\n`,
    () => process.exit(0),
  )
})
