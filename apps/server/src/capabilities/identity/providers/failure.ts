/**
 * What may be logged of a failed exchange: codes, never tokens or bodies. GitHub tells errors in an answer with status 200,
 * which the client library reports as an unexpected body; the `error` in it says what really happened.
 */
export function failureFacts(error: unknown): Readonly<Record<string, unknown>> {
  const { code, error: oauthError, message, cause } = fieldsOf(error)
  const { body } = fieldsOf(cause)
  const { error: bodyError } = fieldsOf(body)
  return { code: textOf(code), reason: textOf(oauthError) ?? textOf(bodyError) ?? textOf(message) }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value instanceof Error) return { ...value, message: value.message, cause: value.cause }
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.slice(0, 200) : undefined
