import type { Stream } from '../streams/stream.ts'
import { FrameType } from '../wire/constants.ts'
import { writeNewConnectionId, writeNumbers, writeWithBytes } from '../wire/write-frames.ts'
import type { ControlFrame } from './sent.ts'

const always = () => true

/** A frame of a type and numbers, sent again while `needed`. */
export function numbersFrame(
  type: number,
  numbers: readonly number[],
  needed: () => boolean = always,
  acked?: () => void,
): ControlFrame {
  const frame = {
    size: 1 + 8 * numbers.length,
    write: (out: Uint8Array, at: number) => writeNumbers(out, at, type, ...numbers),
    needed,
  }
  return acked ? { ...frame, acked } : frame
}

export function bytesFrame(type: number, bytes: Uint8Array, ...numbers: readonly number[]): ControlFrame {
  return {
    size: 1 + 8 * (numbers.length + 1) + bytes.length,
    write: (out, at) => writeWithBytes(out, at, type, bytes, ...numbers),
    needed: always,
  }
}

export function newIdFrame(
  entry: { sequence: number; id: Uint8Array; resetToken: Uint8Array },
  needed: () => boolean,
): ControlFrame {
  return {
    size: 1 + 16 + 1 + 20 + 16,
    write: (out, at) => writeNewConnectionId(out, at, { ...entry, retirePriorTo: 0 }),
    needed,
  }
}

/** Frames about one stream; outdated ones are not sent again. */
export function streamFrame(
  kind: 'reset' | 'stop' | 'maxStreamData',
  stream: Stream,
  value: number,
  onResetAcked: () => void,
): ControlFrame {
  switch (kind) {
    case 'reset':
      return numbersFrame(
        FrameType.resetStream,
        [stream.id, value, stream.sender?.sent ?? 0],
        () => stream.sender?.finished === false,
        onResetAcked,
      )
    case 'stop':
      return numbersFrame(
        FrameType.stopSending,
        [stream.id, value],
        () => stream.receiver?.finalSize === undefined && stream.receiver?.resetCode === undefined,
      )
    case 'maxStreamData':
      return numbersFrame(
        FrameType.maxStreamData,
        [stream.id, value],
        () => stream.receiver?.limit === value && stream.receiver.finalSize === undefined,
      )
  }
}
