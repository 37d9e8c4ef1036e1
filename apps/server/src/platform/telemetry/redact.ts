const SECRET_NAME = /token|secret|password|authorization|cookie|api_?key|private_?key/i
/** Compact JWS (RFC 7515 §7.1) and bearer credentials, wherever they stand in a text. */
const SECRET_TEXT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(Bearer|Basic)\s+[\w.~+/=-]+/g
const MAX_DEPTH = 6

/** A copy of log fields without credentials: fields named like one are blanked, tokens inside texts are cut out. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0)
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    SECRET_NAME.test(name) && typeof value === 'string' ? '•••' : redactValue(value, depth + 1),
  ])
  return Object.fromEntries(entries)
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Error) return describeError(value, depth)
  if (depth >= MAX_DEPTH) return '…'
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  return redactObject(value, depth)
}

export function redactText(text: string): string {
  return text.replace(SECRET_TEXT, (_, scheme?: string) => (scheme ? `${scheme} •••` : '•••'))
}

/** Name, code, stack and causes: everything an operator needs and `JSON.stringify` would lose. */
function describeError(error: Error & { code?: unknown }, depth: number): Record<string, unknown> {
  return {
    name: error.name,
    ...(error.code === undefined ? {} : { code: redactValue(error.code, depth + 1) }),
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined || depth >= MAX_DEPTH
      ? {}
      : { cause: redactValue(error.cause, depth + 1) }),
    ...(error instanceof AggregateError
      ? { errors: error.errors.map((one) => redactValue(one, depth + 1)) }
      : {}),
  }
}
