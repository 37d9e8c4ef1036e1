const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR' }

/** What the logger library writes. */
export interface LogLine extends Readonly<Record<string, unknown>> {
  readonly level: number
  readonly time: number
  readonly msg?: string
}

/**
 * One line for people: time, level, `action=…`, the other fields as `key=value`, then the message. The stack of an error
 * follows on lines of its own.
 */
export function toLogfmt(line: LogLine): string {
  const { level, time, msg, action, ...fields } = line
  const stacks: string[] = []
  const pairs = Object.entries(fields).map(([key, value]) => {
    const error = asError(value)
    if (error) stacks.push(...error.stacks)
    return `${key}=${quote(error ? error.message : value)}`
  })
  const head = `${new Date(time).toISOString()} ${(LEVELS[level] ?? String(level)).padEnd(5)}`
  const name = action === undefined ? [] : [`action=${quote(action)}`]
  const text = msg === undefined ? [] : [msg]
  return [[head, ...name, ...pairs, ...text].join(' '), ...stacks.map((stack) => indent(stack))].join('\n')
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '' || /[\s"=\\\p{Cc}]/u.test(text) ? JSON.stringify(text) : text
}

/** What `redact.ts` made of an Error. */
function asError(value: unknown): { message: string; stacks: string[] } | undefined {
  if (typeof value !== 'object' || value === null || !('stack' in value) || !('message' in value))
    return undefined
  const cause = 'cause' in value ? asError(value.cause) : undefined
  const errors = 'errors' in value && Array.isArray(value.errors) ? value.errors : []
  const inner = errors.flatMap((one) => asError(one)?.stacks ?? [])
  return { message: String(value.message), stacks: [String(value.stack), ...(cause?.stacks ?? []), ...inner] }
}

const indent = (stack: string): string => stack.replace(/^/gm, '  ')
