import { createRequire } from 'node:module'

/** The calls used of quiche's native binding (@matrixai/quic): quiche 0.18 without the package's event layer, which is far slower. */
export interface QuicheConfig {
  setApplicationProtosWireFormat(protocols: Buffer): void
  setMaxIdleTimeout(milliseconds: number): void
  setMaxRecvUdpPayloadSize(bytes: number): void
  setMaxSendUdpPayloadSize(bytes: number): void
  setInitialMaxData(bytes: number): void
  setInitialMaxStreamDataBidiLocal(bytes: number): void
  setInitialMaxStreamDataBidiRemote(bytes: number): void
  setInitialMaxStreamsBidi(count: number): void
  setMaxConnectionWindow(bytes: number): void
  setMaxStreamWindow(bytes: number): void
  setDisableActiveMigration(disabled: boolean): void
  setCcAlgorithmName(name: string): void
  enablePacing(enabled: boolean): void
}

export interface Address {
  host: string
  port: number
}

export interface QuicheConnection {
  recv(packet: Buffer, info: { from: Address; to: Address }): number
  /** Bytes written and where they go; null when there is nothing to send. */
  send(packet: Buffer): [number, { to: Address }] | null
  timeout(): number | null
  onTimeout(): void
  isEstablished(): boolean
  readable(): Iterable<number>
  /** Throws when there is nothing to read. */
  streamRecv(id: number, target: Buffer): [number, boolean] | null
  /** Throws or returns null when the stream is full. */
  streamSend(id: number, bytes: Uint8Array, fin: boolean): number | null
  stats(): { sent: bigint | number; lost: bigint | number }
}

interface QuicheBinding {
  Config: {
    withBoringSslCtx(
      verifyPeer: boolean,
      verifyAllow: boolean,
      authorities: Buffer | null,
      keys: Buffer[] | null,
      certificates: Buffer[] | null,
      signatureAlgorithms: string | null,
    ): QuicheConfig
  }
  Connection: {
    accept(
      id: Buffer,
      originalId: Buffer | null,
      to: Address,
      from: Address,
      config: QuicheConfig,
    ): QuicheConnection
    connect(name: string, id: Buffer, from: Address, to: Address, config: QuicheConfig): QuicheConnection
  }
}

const PACKAGE = '@matrixai/quic-linux-x64'

/** Loads the binding; fails where the package has no build for the platform. */
export const loadQuiche = (): QuicheBinding => createRequire(import.meta.url)(PACKAGE) as QuicheBinding
