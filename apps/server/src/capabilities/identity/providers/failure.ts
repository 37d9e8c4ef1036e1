const MAX_DEPTH = 5

/**
 * What may be logged of a failed exchange: codes, never tokens or bodies. GitHub tells errors in an answer with status 200,
 * which the client library reports as an unexpected body; the `error` in it says what really happened.
 */
export function failureFacts(error: unknown): Readonly<Record<string, unknown>> {
  const chain = causesOf(error).map(fieldsOf)
  const told = chain.map(({ body, error: oauthError }) => textOf(fieldsOf(body).error) ?? textOf(oauthError))
  const codes = chain.map(({ code }) => textOf(code)).filter((one) => one !== undefined)
  const { message } = chain[0] ?? {}
  // From the outside in: what the client library says, then what made it say so.
  return {
    code: codes.join(' < ') || undefined,
    reason: told.find((one) => one !== undefined) ?? textOf(message),
  }
}

/** The error, its cause, the cause of that … */
function causesOf(error: unknown): readonly unknown[] {
  const causes = [error]
  while (causes.length < MAX_DEPTH) {
    const { cause } = fieldsOf(causes.at(-1))
    if (cause === undefined) break
    causes.push(cause)
  }
  return causes
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value instanceof Error) return { ...value, message: value.message, cause: value.cause }
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.slice(0, 200) : undefined
