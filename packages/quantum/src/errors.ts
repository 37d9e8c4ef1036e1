import { StoaError } from '@stoa/kernel'

/** Why a connection, a stream or a call ended. */
export type QuantumErrorCode =
  /** A packet, frame or handshake message that the wire format does not allow. */
  | 'quantum.malformed'
  /** The peer broke a rule of the protocol: limits, states, acknowledgements of packets never sent. */
  | 'quantum.protocol_violation'
  /** The peer sent more than the flow control limits allowed. */
  | 'quantum.flow_control'
  /** Keys, signatures or proofs of the handshake do not fit. */
  | 'quantum.handshake_failed'
  /** The server's identity is not the expected one. */
  | 'quantum.identity_rejected'
  /** The server does not accept this client's identity or token. */
  | 'quantum.unauthorized'
  /** No protocol version or application protocol in common. */
  | 'quantum.version'
  /** Nothing was heard from the peer for the idle time. */
  | 'quantum.idle_timeout'
  /** The handshake did not finish in time. */
  | 'quantum.connect_timeout'
  /** The peer does not know this connection any more. */
  | 'quantum.reset'
  /** The peer has closed the connection; `details.code` and `details.reason` say why. */
  | 'quantum.closed_by_peer'
  /** The connection was closed on this side. */
  | 'quantum.closed'
  /** The peer ended the stream early; `details.code` says why. */
  | 'quantum.stream_reset'
  /** The peer does not want more data on this stream; `details.code` says why. */
  | 'quantum.stream_stopped'
  /** The stream was closed on this side, or its writable part has ended. */
  | 'quantum.stream_closed'
  /** A message or datagram is larger than the peer takes. */
  | 'quantum.too_large'
  /** The server has as many connections as it may have, or goes down. */
  | 'quantum.refused'
  /** The keys have protected as many packets as they safely can. */
  | 'quantum.aead_limit'
  /** The call was aborted by its signal. */
  | 'quantum.aborted'
  /** The socket could not be opened or failed. */
  | 'quantum.socket'

/** Every failure of a connection, stream or endpoint. */
export class QuantumError extends StoaError {
  override readonly name = 'QuantumError'
  declare readonly code: QuantumErrorCode

  constructor(
    code: QuantumErrorCode,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(code, message, options)
  }
}
