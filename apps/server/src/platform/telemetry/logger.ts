import type { Logger } from '@stoa/kernel'
import { pino } from 'pino'
import { type LogLine, toLogfmt } from './logfmt.ts'
import { redactFields, redactText } from './redact.ts'

export interface LoggerOptions {
  readonly format: 'text' | 'json'
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** Where whole lines go; standard output by default. */
  readonly write?: (line: string) => void
}

/** The program's log: `action=verb key=value` lines for people, or JSON for machines. Credentials never get into it. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => process.stdout.write(line))
  const print =
    options.format === 'json' ? write : (line: string) => write(`${toLogfmt(JSON.parse(line) as LogLine)}\n`)
  const base = pino(
    {
      level: options.level,
      base: null,
      formatters: { log: redactFields },
      // No field is special: `err` is an error like any other and does not become the message.
      errorKey: 'pino.error',
      serializers: { err: (error: unknown) => error },
      ...(options.format === 'json' ? { timestamp: pino.stdTimeFunctions.isoTime } : {}),
    },
    { write: print },
  )
  return wrap(base)
}

function wrap(base: pino.Logger): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: Readonly<Record<string, unknown>>, message?: string): void => {
      if (message === undefined) base[level](fields)
      else base[level](fields, redactText(message))
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(base.child(redactFields(fields))),
  }
}
