import { Problem } from '../../platform/http/problem.ts'

/** `details.parts` says which part is not ready and why. */
export const notReady = (parts: readonly { name: string; ready: boolean; reason?: string }[]): Problem =>
  new Problem(503, 'server.not_ready', 'A part of the server is not ready.', { details: { parts } })

export const metricsForbidden = (): Problem =>
  new Problem(403, 'metrics.forbidden', 'Metrics are for local addresses or for whoever has the token.')

export const tooManyStreams = (limit: number): Problem =>
  new Problem(429, 'events.too_many_streams', `This account has ${limit} event streams open already.`)
