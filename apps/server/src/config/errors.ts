import { StoaError } from '@stoa/kernel'

export type ConfigErrorCode =
  /** A setting is missing or does not make sense. Every one is named. */
  | 'config.invalid'
  /** A secret cannot be read, written or is damaged. */
  | 'config.secret_unusable'

/** The program cannot start with these settings. The message is for whoever started it. */
export class ConfigError extends StoaError {
  override readonly name = 'ConfigError'
  declare readonly code: ConfigErrorCode

  constructor(code: ConfigErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options)
  }
}
