import { StoaError } from '@stoa/kernel'

export type CliErrorCode =
  /** No server answers at the address. */
  | 'cli.no_server'
  /** Something answers there, but it is no Stoa. */
  | 'cli.not_stoa'
  /** Nobody is signed in at that server on this terminal. */
  | 'cli.signed_out'
  /** Quantum was asked for, and the server has no UDP port. */
  | 'cli.no_quantum'
  /** The room that was followed may not be read any more. */
  | 'cli.room_left'
  /** An argument makes no sense. */
  | 'cli.usage'

/** A failure that the person at the terminal can do something about: printed without a stack. */
export class CliError extends StoaError {
  override readonly name = 'CliError'
  declare readonly code: CliErrorCode

  constructor(code: CliErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options)
  }
}
