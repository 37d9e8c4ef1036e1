import { account } from './permissions/account.ts'
import { annotations } from './permissions/annotations.ts'
import { boards } from './permissions/boards.ts'
import { cluster } from './permissions/cluster.ts'
import { documents } from './permissions/documents.ts'
import type { Fixtures } from './permissions/fixture.ts'
import { library } from './permissions/library.ts'
import { reading } from './permissions/reading.ts'
import { realtime } from './permissions/realtime.ts'
import { rooms } from './permissions/rooms.ts'
import { system } from './permissions/system.ts'
import { tenancy } from './permissions/tenancy.ts'

/**
 * How to call every operation of the contract so that it succeeds for whoever may call it. An operation without a row here
 * does not compile, and fails the permission matrix.
 */
export const fixtures: Fixtures = {
  ...system,
  ...account,
  ...tenancy,
  ...library,
  ...reading,
  ...annotations,
  ...rooms,
  ...boards,
  ...documents,
  ...realtime,
  ...cluster,
}
