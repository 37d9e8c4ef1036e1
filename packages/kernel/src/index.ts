/** What every part of Stoa stands on: ids, time, randomness, errors, lifecycle, the logger port. No dependencies. */
export { type Clock, ManualClock, systemClock } from './clock.ts'
export { isStoaError, StoaError, type StoaErrorOptions } from './errors.ts'
export { type Id, isUuid, type UuidVersion7, uuidv7 } from './ids.ts'
export { type Logger, silentLogger } from './logger.ts'
export { type Random, seededRandom, systemRandom } from './random.ts'
export { type Service, ServiceGroup } from './service.ts'
