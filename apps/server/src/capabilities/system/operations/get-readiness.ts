import { operation } from '../../../platform/http/operation.ts'
import type { ReadinessCheck, SystemComponents } from '../components.ts'
import { notReady } from '../errors.ts'

const PATIENCE_MS = 5000

interface Part {
  readonly name: string
  readonly ready: boolean
  readonly reason?: string
}

/** Asks every part at once, and none for longer than it takes to call it broken. */
export const getReadiness = ({ checks }: SystemComponents) =>
  operation('getReadiness', async () => {
    const parts = await Promise.all(checks.map(ask))
    if (parts.every((part) => part.ready)) return { status: 200, body: { status: 'ready', parts } }
    throw notReady(parts)
  })

async function ask({ name, check }: ReadinessCheck): Promise<Part> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), {
      once: true,
    })
  })
  try {
    await Promise.race([check(signal), late])
    return { name, ready: true }
  } catch (error) {
    return { name, ready: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
