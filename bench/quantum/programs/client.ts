/** Sends: `client.ts PEER HOST PORT CONGESTION_CONTROL SECONDS BULK_STREAMS MESSAGE_STREAMS [next]`. */
import { peerNamed } from '../peers/peers.ts'
import type { Channel, Peer, Session } from './channel.ts'
import { BULK_MARK, MESSAGE_BYTES, MESSAGES_MARK, monotonicMs, type SenderReport } from './report.ts'

const MESSAGES_PER_SECOND = 60
/** Beside bulk, messages begin when its start-up is over. */
const HEAD_START_MS = 2000
/** What got lost last must still arrive. */
const LINGER_MS = 1500

/** An earlier connection is given this long to deliver what it was told. */
const EARLIER_MS = 300

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function sendBulk(session: Session, untilMs: number): Promise<void> {
  const channel = await session.open('bulk')
  const chunk = Buffer.alloc(65_536, 7)
  const pump = () => {
    while (monotonicMs() < untilMs) if (!channel.write(chunk)) return
  }
  channel.onDrain(pump)
  channel.write(Uint8Array.of(BULK_MARK))
  pump()
  await wait(untilMs - monotonicMs())
}

async function sendMessages(channel: Channel, phaseMs: number, untilMs: number): Promise<number> {
  channel.write(Uint8Array.of(MESSAGES_MARK))
  const startedMs = monotonicMs() + phaseMs
  let sent = 0
  for (let dueMs = startedMs; dueMs < untilMs; dueMs = startedMs + (sent * 1000) / MESSAGES_PER_SECOND) {
    const aheadMs = dueMs - monotonicMs()
    if (aheadMs > 0) await wait(aheadMs)
    const message = Buffer.alloc(MESSAGE_BYTES)
    message.writeUInt32BE(sent++, 0)
    message.writeDoubleBE(monotonicMs(), 4)
    channel.write(message)
  }
  return sent
}

interface Target {
  host: string
  port: number
  congestionControl: string
}

/** A connection with a message, closed again: the next one is not the first that both programs see. */
async function connectBefore(transport: Peer, target: Target): Promise<void> {
  const session = await transport.connect(target)
  const channel = await session.open('messages')
  channel.write(Uint8Array.of(MESSAGES_MARK))
  channel.write(Buffer.alloc(MESSAGE_BYTES))
  await wait(EARLIER_MS)
  await session.close()
}

const [peer = '', host = '', port = '', congestionControl = '', ...counts] = process.argv.slice(2)
const [seconds = 0, bulkStreams = 0, messageStreams = 0] = counts.slice(0, 3).map(Number)
const target: Target = { host, port: Number(port), congestionControl }

const transport = peerNamed(peer)
await transport.prepare?.(target)
if (counts[3] === 'next') await connectBefore(transport, target)
const startedMs = monotonicMs()
const session = await transport.connect(target)
const connectedMs = monotonicMs()
const untilMs = connectedMs + seconds * 1000
const bulk = Array.from({ length: bulkStreams }, () => sendBulk(session, untilMs))
if (bulkStreams > 0 && messageStreams > 0) await wait(HEAD_START_MS)
const messages = Array.from({ length: messageStreams }, async (_, index) => {
  const channel = await session.open('messages')
  return sendMessages(channel, (index * 1000) / MESSAGES_PER_SECOND / messageStreams, untilMs)
})
const sent = await Promise.all(messages)
await Promise.all(bulk)
const report: SenderReport = {
  startedMs,
  connectedMs,
  messagesSent: sent.reduce((sum, count) => sum + count, 0),
  cpuMs: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
  statistics: session.statistics(),
}
if (messageStreams > 0) await wait(LINGER_MS)
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))
