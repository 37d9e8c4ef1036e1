type Fields = Readonly<Record<string, unknown>>

/** Structured logging as a port: `log.info({ action: 'book_imported', book_id })`. Fields are snake_case. */
export interface Logger {
  debug(fields: Fields, message?: string): void
  info(fields: Fields, message?: string): void
  warn(fields: Fields, message?: string): void
  error(fields: Fields, message?: string): void
  /** A logger that adds `fields` to every line. */
  child(fields: Fields): Logger
}

/** Says nothing: for tests, and where no logger is given. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
}
