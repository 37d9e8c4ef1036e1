import { StreamFlag } from '../wire/constants.ts'
import type { FrameVisitor } from '../wire/frames.ts'
import type { Plain } from './reference-decode.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const text = (value: number) => value.toString()

function pairs(ranges: Float64Array, count: number): string[][] {
  return Array.from({ length: count }, (_, i) => [text(ranges[i * 2]!), text(ranges[i * 2 + 1]!)])
}

/** Collects what the fast decoder reads in the words of the reference decoder. */
export function plainVisitor(frames: Plain[]): FrameVisitor {
  const add = (frame: string, fields: Plain = {}) => {
    frames.push({ frame, ...fields })
  }
  const numbers =
    (frame: string, ...names: readonly string[]) =>
    (...values: readonly number[]) =>
      add(frame, Object.fromEntries(names.map((name, i) => [name, text(values[i]!)])))
  const ranged = (frame: string, ranges: Float64Array, count: number, fields: Plain = {}) =>
    add(frame, { largest: text(ranges[1]!), ...fields, ranges: pairs(ranges, count) })
  return {
    onPing: () => add('ping'),
    onAck: (ranges, count, delay) => ranged('ack', ranges, count, { delay: text(delay) }),
    onRecovered: (ranges, count) => ranged('recovered', ranges, count),
    onResetStream: numbers('resetStream', 'stream', 'code', 'finalSize'),
    onStopSending: numbers('stopSending', 'stream', 'code'),
    onCrypto: (offset, data) => add('crypto', { offset: text(offset), data: hex(data) }),
    onTicket: (lifetime, ticket) => add('ticket', { lifetime: text(lifetime), ticket: hex(ticket) }),
    onAddressToken: (token) => add('addressToken', { token: hex(token) }),
    onMaxData: numbers('maxData', 'limit'),
    onMaxStreamData: numbers('maxStreamData', 'stream', 'limit'),
    onMaxStreams: (bidi, limit) => add(bidi ? 'maxStreamsBidi' : 'maxStreamsUni', { limit: text(limit) }),
    onDataBlocked: numbers('dataBlocked', 'limit'),
    onStreamDataBlocked: numbers('streamDataBlocked', 'stream', 'limit'),
    onStreamsBlocked: (bidi, limit) =>
      add(bidi ? 'streamsBlockedBidi' : 'streamsBlockedUni', { limit: text(limit) }),
    onNewConnectionId: (sequence, retire, id, token) =>
      add('newConnectionId', {
        sequence: text(sequence),
        retirePriorTo: text(retire),
        id: hex(id),
        resetToken: hex(token),
      }),
    onRetireConnectionId: numbers('retireConnectionId', 'sequence'),
    onPathChallenge: (data) => add('pathChallenge', { data: hex(data) }),
    onPathResponse: (data) => add('pathResponse', { data: hex(data) }),
    onClose: (application, code, reason) =>
      add(application ? 'closeApplication' : 'close', { code: text(code), reason: hex(reason) }),
    onHandshakeDone: () => add('handshakeDone'),
    onStream: (stream, offset, data, flags) =>
      add('stream', {
        stream: text(stream),
        offset: text(offset),
        data: hex(data),
        fin: (flags & StreamFlag.fin) > 0,
        message: (flags & StreamFlag.message) > 0,
      }),
    onDatagram: (data) => add('datagram', { data: hex(data) }),
    onFecRepair: ({ code, repairIndex, repairCount, sources, data }) =>
      add('fecRepair', {
        scheme: code,
        index: repairIndex,
        repairs: repairCount,
        sources: sources.map(text),
        data: hex(data),
      }),
  }
}
