import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

/** The gRPC statuses that our services answer with; names as in the gRPC documentation. */
export const GRPC_STATUS = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const

export type GrpcStatusName = keyof typeof GRPC_STATUS

/** Error code → status, given by the capability whose errors they are. */
export type RpcStatusTable = Readonly<Record<string, GrpcStatusName>>

export type RpcErrorCode =
  /** The call took longer than its caller was willing to wait. */
  | 'rpc.deadline_exceeded'
  /** The caller gave the call up. */
  | 'rpc.cancelled'
  /** The service cannot be reached, or is not able to answer now. */
  | 'rpc.unavailable'
  /** The service failed. */
  | 'rpc.failed'
  /** The service does not know who calls. */
  | 'rpc.unauthenticated'

export class RpcError extends StoaError {
  override readonly name = 'RpcError'
  declare readonly code: RpcErrorCode

  constructor(code: RpcErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}
