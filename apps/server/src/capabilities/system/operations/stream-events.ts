import { operation } from '../../../platform/http/operation.ts'
import type { SystemComponents } from '../components.ts'
import { tooManyStreams } from '../errors.ts'
import { liveEvents } from '../live-events.ts'

/** Tabs and devices of one person; more is a client that forgets to close. */
const STREAMS_PER_ACCOUNT = 20

/** `GET /api/v1/events`: what happens in the caller's organisation, as far as the caller may see it. */
export const streamEvents = (components: SystemComponents) => {
  const open = new Map<string, number>()
  return operation('streamEvents', async ({ context, headers, signal }) => {
    const { accountId } = context
    const count = open.get(accountId) ?? 0
    if (count >= STREAMS_PER_ACCOUNT) throw tooManyStreams(STREAMS_PER_ACCOUNT)
    if (!signal.aborted) {
      open.set(accountId, count + 1)
      components.onStream?.opened()
      signal.addEventListener('abort', () => close(open, accountId, components), { once: true })
    }
    return {
      status: 200,
      body: liveEvents(components, context, headers['last-event-id'], signal),
    }
  })
}

function close(open: Map<string, number>, accountId: string, components: SystemComponents): void {
  const left = (open.get(accountId) ?? 1) - 1
  if (left === 0) open.delete(accountId)
  else open.set(accountId, left)
  components.onStream?.closed()
}
