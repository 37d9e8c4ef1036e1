#!/usr/bin/env node
import { isStoaError } from '@stoa/kernel'
import { ApiError, ConnectionError } from '@stoa/sdk'
import manifest from '../package.json' with { type: 'json' }
import { readEnvironment } from './environment.ts'
import { buildProgram } from './program.ts'

const program = buildProgram({
  environment: readEnvironment(),
  version: manifest.version,
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  exit: (code) => {
    process.exitCode = code
  },
})

await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`)
  process.exitCode = 2
})

/** What a person can act on is said in words; a defect of ours shows its stack. */
function describe(error: unknown): string {
  if (error instanceof ApiError) return `${error.message} (${error.code}, request ${error.requestId})`
  if (isStoaError(error) || error instanceof ConnectionError || isSystemError(error)) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** A folder that is not there, a file that may not be read. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
