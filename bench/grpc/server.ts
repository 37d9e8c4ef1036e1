import { SessionService } from '@stoa/contracts/session'
import { StateSyncService } from '@stoa/contracts/statesync'
import { silentLogger, systemClock, systemRandom } from '@stoa/kernel'
import { createSessions } from '@stoa/server/capabilities/sessions/index.ts'
import { createStateSync } from '@stoa/server/capabilities/statesync/index.ts'
import { GrpcServer } from '@stoa/server/platform/rpc/grpc-server.ts'

/** Both services on memory: what is measured is the calls, not the stores. */
const parts = { clock: systemClock, random: systemRandom, log: silentLogger }
const sessions = createSessions({ ...parts, redis: undefined })
const statesync = createStateSync(parts)
const server = new GrpcServer({
  ...{ host: '127.0.0.1', port: 0, log: silentLogger },
  services: [sessions.served, statesync.served],
})
const signal = new AbortController().signal
for (const service of [sessions.service, statesync.service]) await service.start(signal)
await server.start()
process.send?.({ address: server.address, services: [SessionService.typeName, StateSyncService.typeName] })
process.on('disconnect', () => process.exit(0))
