import '@stoa/ui/fonts.css'
import '@stoa/ui/tokens.css'
import '@stoa/ui/base.css'
import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { watchForUpdates } from './app/updates.ts'
import { followAccountLanguage } from './data/account.ts'
import { session } from './data/browser-session.ts'
import { applyPreferences } from './data/preferences.ts'
import { clearOnChangeOfPlace } from './data/query-client.ts'
import { watchNetwork } from './data/sync.ts'

applyPreferences()
watchNetwork()
clearOnChangeOfPlace()
followAccountLanguage()
void session.start()
watchForUpdates()

/** What works behind the screens is fetched behind them, too. */
void Promise.all([
  import('./offline/start.ts'),
  import('./data/live.ts'),
  import('./screens/rooms/talk/talks.ts'),
  import('./screens/documents/session/send-unsaved.ts'),
]).then(([offline, live, rooms, documents]) => {
  offline.keepInSync()
  live.followLive()
  rooms.followRooms()
  documents.sendUnsavedDocuments()
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
