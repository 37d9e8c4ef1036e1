import type { Clock, Logger, Service } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import { enterSignIn } from './store/doors.ts'
import { deleteSpent } from './store/spent.ts'
import type { KeyRing } from './tokens/key-ring.ts'

const HOUR_MS = 3_600_000

export interface MaintenanceInit {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly keyRing: Pick<KeyRing, 'maintain'>
}

/** Once an hour: rotates an old signing key and deletes what has expired. Every process may do it; nothing is done twice. */
export class Maintenance implements Service {
  readonly name = 'identity-maintenance'
  readonly #init: MaintenanceInit
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(init: MaintenanceInit) {
    this.#init = init
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      this.#running = this.run()
    }, HOUR_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  /** One round; a failure is logged, and the next round tries again. */
  async run(): Promise<void> {
    const { database, clock, log, keyRing } = this.#init
    try {
      await keyRing.maintain()
      const deleted = await database.account(null, async (tx) => {
        await enterSignIn(tx)
        return await deleteSpent(tx, clock.now())
      })
      log.debug({ action: 'identity_maintained', ...deleted })
    } catch (error) {
      log.error({ action: 'identity_maintenance_failed', err: error })
    }
  }
}
