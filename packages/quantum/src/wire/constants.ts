/** Numbers of the wire format: contracts/wire/quantum/SPEC.md. */
export const VERSION = 0x5154_0001

/** Bytes of the connection ids this implementation issues; a client's first destination id has as many. */
export const CONNECTION_ID_LENGTH = 8
export const MAX_CONNECTION_ID_LENGTH = 20
/** A datagram with a client's Initial packet is at least this long (SPEC HSK-2). */
export const MIN_INITIAL_SIZE = 1200
export const TAG_LENGTH = 16
export const SAMPLE_LENGTH = 16
export const RESET_TOKEN_LENGTH = 16

export const PacketType = { initial: 0, zeroRtt: 1, retry: 2, oneRtt: 4, versionNegotiation: 5 } as const
export type PacketType = (typeof PacketType)[keyof typeof PacketType]

export const FrameType = {
  padding: 0x00,
  ping: 0x01,
  ack: 0x02,
  recovered: 0x03,
  resetStream: 0x04,
  stopSending: 0x05,
  crypto: 0x06,
  ticket: 0x07,
  maxData: 0x08,
  maxStreamData: 0x09,
  maxStreamsBidi: 0x0a,
  maxStreamsUni: 0x0b,
  dataBlocked: 0x0c,
  streamDataBlocked: 0x0d,
  streamsBlockedBidi: 0x0e,
  streamsBlockedUni: 0x0f,
  newConnectionId: 0x10,
  retireConnectionId: 0x11,
  pathChallenge: 0x12,
  pathResponse: 0x13,
  close: 0x14,
  closeApplication: 0x15,
  handshakeDone: 0x16,
  addressToken: 0x17,
  datagram: 0x18,
  datagramLength: 0x19,
  fecRepair: 0x1a,
  /** 0x20 to 0x2f: stream data; the low bits are `StreamFlag`. */
  stream: 0x20,
} as const

/** Low bits of a STREAM frame's type. */
export const StreamFlag = {
  fin: 0x01,
  length: 0x02,
  offset: 0x04,
  /** Only in unordered streams: the data begins at the first byte of a message. */
  message: 0x08,
} as const

/** What a stream carries; the lowest bits of its id beside initiator and direction (SPEC STR-1). */
export const StreamKind = { bytes: 0, messages: 1, unordered: 2 } as const
export type StreamKind = (typeof StreamKind)[keyof typeof StreamKind]

/** Codes in CLOSE frames of the transport. */
export const CloseCode = {
  none: 0x00,
  internal: 0x01,
  refused: 0x02,
  flowControl: 0x03,
  streamLimit: 0x04,
  streamState: 0x05,
  finalSize: 0x06,
  frameEncoding: 0x07,
  transportParameter: 0x08,
  connectionIdLimit: 0x09,
  protocolViolation: 0x0a,
  invalidToken: 0x0b,
  cryptoBufferExceeded: 0x0d,
  keyUpdate: 0x0e,
  aeadLimit: 0x0f,
  handshake: 0x20,
  unauthorized: 0x21,
  noApplicationProtocol: 0x22,
} as const
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]
