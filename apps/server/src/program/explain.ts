import { ConfigError } from '../config/errors.ts'

/** Why the program did not start, for a person: each cause on a line of its own, the last one is the root. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  const lines: string[] = []
  for (let current: unknown = error; current !== undefined && lines.length < 10; ) {
    lines.push(current instanceof Error ? current.message : JSON.stringify(current))
    const parts: unknown[] = current instanceof AggregateError ? current.errors : []
    current = parts[0] ?? (current instanceof Error ? current.cause : undefined)
  }
  const [first = 'failed', ...causes] = [...new Set(lines)]
  return [`stoa: ${first}`, ...causes.map((cause) => `  because: ${cause}`)].join('\n')
}
