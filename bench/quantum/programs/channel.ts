/** What the workloads need of a transport: all peers are driven through it. */
export interface Channel {
  /** False: full; wait for `onDrain`. */
  write(bytes: Uint8Array): boolean
  onDrain(listener: () => void): void
  onData(listener: (bytes: Uint8Array) => void): void
}

export type ChannelKind = 'bulk' | 'messages'

export interface Session {
  /** A stream of this connection, or a connection of its own where the transport has no streams. */
  open(kind: ChannelKind): Promise<Channel>
  /** What the transport tells about itself. */
  statistics(): object
  close(): Promise<void>
}

export interface ServerOptions {
  host: string
  port: number
  /** PEM. */
  cert: string
  key: string
}

export interface Peer {
  listen(options: ServerOptions, onChannel: (channel: Channel) => void): Promise<void>
  /** What must have happened before, and is not measured: an earlier connection, for those that resume. */
  prepare?(options: { host: string; port: number }): Promise<void>
  connect(options: { host: string; port: number; congestionControl: string }): Promise<Session>
}
