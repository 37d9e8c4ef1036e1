import { ManualClock, uuidv7 } from '@stoa/kernel'
import { beforeEach } from 'vitest'
import { MemoryStateSyncStore } from './memory.ts'
import { stateSyncStoreAcceptance } from './store.acceptance.ts'
import { OWNER_TTL_MS } from './store.ts'

let clock: ManualClock
let store: MemoryStateSyncStore
const [tenantId, otherTenantId] = [uuidv7(), uuidv7()]

beforeEach(() => {
  clock = new ManualClock(1_700_000_000_000)
  store = new MemoryStateSyncStore(clock)
})

const letOwnersDie = async () => clock.advance(OWNER_TTL_MS + 1)
stateSyncStoreAcceptance('memory', () => ({ store, tenantId, otherTenantId, letOwnersDie }))
