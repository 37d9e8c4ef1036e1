import { nothingRan, type Tally } from '../lib/gate.ts'
import { runVitest } from '../lib/vitest.ts'
import type { SystemPart } from './parts.ts'

/** Tests of what people do, which must not depend on what it is kept in. */
export const CAPABILITY_TESTS = [
  'apps/server/src/capabilities/',
  'apps/server/tests/reading-plane.test.ts',
  'apps/server/tests/upkeep.test.ts',
  'apps/server/tests/system.test.ts',
] as const

const ENVIRONMENT = { STOA_TEST_DATABASE_URL: 'system', STOA_TEST_ADAPTERS: 'other' } as const

/**
 * Runs the capabilities' tests once more on what an administrator would bring: Debian's PostgreSQL, Redis and S3-compatible
 * blobs instead of the embedded server, memory and disk. What is missing was counted as a part; here it is only said.
 */
export async function runOnOtherAdapters(
  missing: readonly SystemPart[],
  say: (line: string) => void,
): Promise<Tally> {
  const wanted = missing.filter(({ wantedBy }) => wantedBy !== 'browser tests')
  if (wanted.length > 0) {
    say(`Not run on PostgreSQL by URL, Redis and S3: ${wanted.map(({ name }) => name).join(', ')} missing`)
    return nothingRan()
  }
  say('The capabilities once more, on PostgreSQL by URL, Redis and S3-compatible blobs')
  return runVitest(['integration'], CAPABILITY_TESTS, { environment: ENVIRONMENT })
}
