import { bbr } from '../congestion/bbr/bbr.ts'
import { createFecDecoder } from '../fec/decoder.ts'
import { createFecEncoder } from '../fec/encoder.ts'
import { createThinFlowPolicy } from '../fec/thin-flow.ts'
import { createPathMtu } from '../mtu/path-mtu.ts'
import type { Algorithms } from './options.ts'

/** What a connection uses unless told otherwise. */
export const DEFAULT_ALGORITHMS: Algorithms = {
  controller: bbr,
  thinFlow: () => createThinFlowPolicy(),
  fec: { encoder: () => createFecEncoder(), decoder: () => createFecDecoder() },
  mtu: (max) => createPathMtu({ max }),
}
