import type { Config } from './config.ts'

const SECRET = /secret|token|password|masterKey/i

/** The configuration as it may be shown: secrets and passwords in URLs replaced. */
export function redactConfig(config: Config): Record<string, unknown> {
  return redact(config as unknown as Record<string, unknown>) as Record<string, unknown>
}

function redact(value: unknown, name = ''): unknown {
  if (value === undefined || value === null) return value
  if (SECRET.test(name)) return '•••'
  if (typeof value === 'string') return redactUrl(value)
  if (Array.isArray(value)) return value.map((item) => redact(item, name))
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, key)]))
}

function redactUrl(text: string): string {
  if (!text.includes('://') || !URL.canParse(text)) return text
  const url = new URL(text)
  if (url.password) url.password = '•••'
  return decodeURIComponent(url.href)
}
