import { routes } from '@stoa/contracts'
import type { OperationId } from '@stoa/sdk'

interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  /** `code` of a problem. */
  readonly code: string | undefined
  readonly text: string
}

/** One request as it stands in the contract, with exactly this token or none; streams are left as soon as they begin. */
export async function ask(
  baseUrl: string,
  operation: OperationId,
  input: AnyInput,
  token: string | undefined,
): Promise<Answer> {
  const { method, path } = routes[operation]
  const bytes = input.body instanceof Uint8Array
  const response = await fetch(urlOf(baseUrl, path, input), {
    method,
    redirect: 'manual',
    headers: {
      ...Object.fromEntries(
        Object.entries(input.headers ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(input.body === undefined ? {} : { 'content-type': bytes ? 'text/plain' : 'application/json' }),
    },
    body: bodyOf(input.body),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, code: undefined, text: '' }
  }
  const text = await response.text()
  return { status: response.status, code: codeOf(response, text), text }
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

function urlOf(baseUrl: string, path: string, { path: params = {}, query = {} }: AnyInput): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const url = new URL(filled, baseUrl)
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) url.searchParams.append(name, String(one))
  }
  return url
}

function codeOf(response: Response, text: string): string | undefined {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return undefined
  return (JSON.parse(text) as { code: string }).code
}
