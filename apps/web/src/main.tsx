import '@stoa/ui/fonts.css'
import '@stoa/ui/tokens.css'
import '@stoa/ui/base.css'
import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { watchForUpdates } from './app/updates.ts'
import { applyPreferences } from './data/preferences.ts'
import { session } from './data/session.ts'

applyPreferences()
void session.start()
watchForUpdates()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
