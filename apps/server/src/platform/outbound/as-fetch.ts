import type { Outbound } from './outbound.ts'

type Body = string | Uint8Array | ArrayBuffer | URLSearchParams | ReadableStream | null | undefined

/** The options that libraries pass to a `fetch` of their own choosing. */
export interface FetchOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
  readonly redirect?: 'follow' | 'manual' | 'error'
  readonly signal?: AbortSignal | null | undefined
}

/** The guarded way out in the shape of `fetch`, for libraries that take one (openid-client's `customFetch`, tuf-js …). */
export function asFetch(outbound: Outbound, purpose: string) {
  return async (url: string | URL, options: FetchOptions = {}): Promise<Response> => {
    const { method, headers, redirect, signal } = options
    const body = await bodyBytes(options.body)
    return await outbound.fetch(url, {
      purpose,
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(redirect === undefined ? {} : { redirect }),
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body }),
    })
  }
}

async function bodyBytes(body: Body): Promise<string | Uint8Array | undefined> {
  if (body === null || body === undefined) return undefined
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  if (body instanceof URLSearchParams) return body.toString()
  return await new Response(body).bytes()
}
