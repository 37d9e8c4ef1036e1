import type { Clock } from '@stoa/kernel'
import { MemorySessionStore } from './memory.ts'
import { sessionStoreAcceptance } from './store.acceptance.ts'

sessionStoreAcceptance('memory', () => {
  let passed = 0
  const clock: Clock = { now: () => Date.now() + passed }
  const store = new MemorySessionStore(clock)
  const pass = async (milliseconds: number) => {
    passed += milliseconds
  }
  return { store, pass, leftovers: async () => store.size }
})
