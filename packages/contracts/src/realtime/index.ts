/** What travels over the realtime sockets: pure encoders and decoders, for both ends and for any transport. */
export { ByteReader, ByteWriter, MalformedBytes } from './bytes.ts'
export { CLOSE, type CloseReason } from './close-codes.ts'
export { type DocumentMessage, decodeDocumentMessage, encodeDocumentMessage } from './document-messages.ts'
export {
  type ClientFrame,
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
  type ServerFrame,
} from './frames.ts'
