import { registerSW } from 'virtual:pwa-register'
import { toast } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'

const HOURLY_MS = 60 * 60 * 1000

/** Keeps the app openable offline and offers a new version when one is there; never reloads by itself. */
export function watchForUpdates(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return
  const activate = registerSW({
    onNeedRefresh() {
      toast({ text: t.updateReady(), action: { label: t.update(), run: () => activate(true) }, seconds: 60 })
    },
    onRegisteredSW(_url, registration) {
      if (registration) setInterval(() => navigator.onLine && void registration.update(), HOURLY_MS)
    },
  })
}
