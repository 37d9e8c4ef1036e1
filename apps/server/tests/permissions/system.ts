import type { SomeFixtures } from './fixture.ts'

type SystemOperation = 'getHealth' | 'getReadiness' | 'getMetrics' | 'streamEvents' | 'getBlob' | 'putBlob'

const forged = {
  path: { key: 'a~b' },
  query: { expires: 4_000_000_000, signature: 'forged-signature', content_type: 'text/plain' },
}

export const system: SomeFixtures<SystemOperation> = {
  getHealth: { answers: 200, call: () => ({ input: {} }) },
  getReadiness: { answers: 200, call: () => ({ input: {} }) },
  getMetrics: { answers: 200, call: () => ({ input: {} }) },
  streamEvents: { stranger: 'own data', call: () => ({ input: {} }) },
  getBlob: { answers: 403, call: () => ({ input: forged }) },
  putBlob: {
    answers: 403,
    call: () => ({
      input: { ...forged, query: { ...forged.query, size: 3 }, body: new Uint8Array([1, 2, 3]) },
    }),
  },
}
