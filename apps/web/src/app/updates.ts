import { registerSW } from 'virtual:pwa-register'
import { toast } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'

const HOURLY_MS = 60 * 60 * 1000

const RELOADED = 'stoa.reloaded'

/**
 * A part of the app that is loaded late is gone when the server was updated meanwhile and no service worker keeps the old ones.
 * Once: whoever is still without it then sees the error.
 */
function reloadWhenPartsAreGone(): void {
  addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || sessionStorage.getItem(RELOADED) === location.href) return
    sessionStorage.setItem(RELOADED, location.href)
    event.preventDefault()
    location.reload()
  })
}

/** Keeps the app openable offline and offers a new version when one is there; never reloads by itself. */
export function watchForUpdates(): void {
  reloadWhenPartsAreGone()
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
