/** Types of the API, generated from contracts/api by tools/generate-contracts.ts. The document itself is in `./document`. */
export type { Access, AccessRole, Route } from './access.ts'
export type { Binary, EventStream, ServerSentEvent } from './binary.ts'
export type { components, operations, paths } from './generated/api.ts'
export { permissions } from './generated/permissions.ts'
export { routes } from './generated/routes.ts'
export type { LiveEvent, StreamControl } from './live-event.ts'
