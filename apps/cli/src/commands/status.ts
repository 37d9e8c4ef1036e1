import { type Health, readHealth } from '../health.ts'

/** `stoa status`: prints how a running server is; resolves with the exit status: 0 ready, 1 not ready. */
export async function status(
  options: { url: string; json?: boolean },
  print: (text: string) => void,
  request: typeof fetch = fetch,
): Promise<number> {
  const health = await readHealth(options.url, request)
  print(options.json ? JSON.stringify(health, null, 2) : describe(health))
  return health.ready ? 0 : 1
}

function describe({ url, version, ready, parts }: Health): string {
  const lines = parts.map(
    (part) => `  ${part.ready ? '✓' : '✗'} ${part.name}${part.reason ? `: ${part.reason}` : ''}`,
  )
  return [`Stoa ${version} at ${url} is ${ready ? 'ready' : 'not ready'}`, ...lines].join('\n')
}
