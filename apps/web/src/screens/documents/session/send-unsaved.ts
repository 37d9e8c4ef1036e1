import { session } from '../../../data/browser-session.ts'
import { currentPlace } from '../../../offline/place.ts'

/**
 * Sends what was written in documents before the page was closed, without opening them on screen. What it takes to speak of
 * documents is fetched only when there is something to send.
 */
export function sendUnsavedDocuments(): void {
  const send = () => void sendAll().catch(() => {})
  session.subscribe(send)
  addEventListener('online', send)
  send()
}

async function sendAll(): Promise<void> {
  const kept = (await currentPlace()?.database.documents.toArray()) ?? []
  const ids = kept.filter(({ unsaved }) => unsaved).map(({ id }) => id)
  if (ids.length === 0) return
  const { currentDocuments } = await import('./open-documents.ts')
  for (const id of ids) currentDocuments()?.send(id)
}
