#!/usr/bin/env node
import { isStoaError } from '@stoa/kernel'
import manifest from '../package.json' with { type: 'json' }
import { readEnvironment } from './environment.ts'
import { buildProgram } from './program.ts'

const program = buildProgram({
  environment: readEnvironment(),
  version: manifest.version,
  print: (text) => process.stdout.write(`${text}\n`),
  exit: (code) => {
    process.exitCode = code
  },
})

await program.parseAsync().catch((error: unknown) => {
  if (!isStoaError(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
})
