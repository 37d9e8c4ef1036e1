/** Typed client of the Stoa API for browsers and Node: operations by name, problems as errors, live events. */
export type { Fetch, TokenSource } from './authorized-fetch.ts'
export { type CallOptions, type Client, type ClientOptions, createClient } from './client.ts'
export { ApiError, ConnectionError, errorOf, type Problem } from './errors.ts'
export type { FollowOptions, StreamEvent } from './events.ts'
export { type Merge, mergeChanges } from './offline/merge.ts'
export {
  changedEntry,
  type Entry,
  type EntryChange,
  type EntryState,
  Outbox,
  type OutboxOptions,
  type OutboxStorage,
  type OutboxSummary,
  revisionOf,
  type SendResult,
} from './offline/outbox.ts'
export type { Input, OperationId, Output } from './operation-types.ts'
export { type FallbackInit, withFallback } from './realtime/fallback-transport.ts'
export {
  TopicClient,
  type TopicClientOptions,
  type TopicEvent,
  type TopicListener,
} from './realtime/topic-client.ts'
export {
  BROKEN,
  type Destination,
  type Link,
  type LinkEvents,
  type Transport,
} from './realtime/transport.ts'
export { type OpenSocket, type SocketLike, webSocketTransport } from './realtime/web-socket.ts'
export { Room, type RoomOptions, type RoomPlace } from './rooms/room.ts'
export {
  type MessageDraft,
  type MessageEvent,
  type MessagePage,
  type PendingMessage,
  type RoomChanges,
  type RoomMessage,
  RoomTimeline,
  type TimelineRow,
  type TimelineSnapshot,
} from './rooms/timeline.ts'
export { SseParser, type WireEvent } from './sse-parser.ts'
