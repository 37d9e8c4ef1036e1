import { QuantumError, type QuantumErrorCode } from '../errors.ts'
import { CloseCode } from '../wire/constants.ts'

/** What a CLOSE frame says. */
export interface CloseNotice {
  application: boolean
  code: number
  reason: Uint8Array
}

const CODES: Partial<Record<QuantumErrorCode, CloseCode>> = {
  'quantum.malformed': CloseCode.frameEncoding,
  'quantum.protocol_violation': CloseCode.protocolViolation,
  'quantum.flow_control': CloseCode.flowControl,
  'quantum.handshake_failed': CloseCode.handshake,
  'quantum.identity_rejected': CloseCode.handshake,
  'quantum.unauthorized': CloseCode.unauthorized,
  'quantum.version': CloseCode.noApplicationProtocol,
  'quantum.refused': CloseCode.refused,
  'quantum.aead_limit': CloseCode.aeadLimit,
}

const encoder = new TextEncoder()

/** Our own failure as the peer is told of it. */
export function noticeOf(error: QuantumError): CloseNotice {
  return {
    application: false,
    code: CODES[error.code] ?? CloseCode.internal,
    reason: encoder.encode(error.message),
  }
}

/** The peer's close as an error of ours. */
export function errorOf(application: boolean, code: number, reason: Uint8Array): QuantumError {
  const text = new TextDecoder().decode(reason)
  const details = { application, code, reason: text }
  if (!application && code === CloseCode.unauthorized)
    return new QuantumError('quantum.unauthorized', 'The server does not accept this client.', { details })
  if (!application && code === CloseCode.refused)
    return new QuantumError('quantum.refused', 'The server takes no more connections.', { details })
  if (!application && code === CloseCode.noApplicationProtocol)
    return new QuantumError('quantum.version', 'Client and server have no cipher or no protocol in common.', {
      details,
    })
  return new QuantumError(
    'quantum.closed_by_peer',
    `The peer closed the connection (${code}${text && `: ${text}`}).`,
    {
      details,
    },
  )
}
