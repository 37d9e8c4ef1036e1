import { operation } from '../../../platform/http/operation.ts'
import type { SystemComponents } from '../components.ts'

/** The process answers: it is alive. Asks nobody else, so that a slow database does not get the program killed. */
export const getHealth = ({ version }: SystemComponents) =>
  operation('getHealth', async () => ({ status: 200, body: { status: 'ok', version } }))
