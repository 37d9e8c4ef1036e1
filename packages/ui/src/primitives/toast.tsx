import { X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { primitives as t } from '../messages/primitives.ts'
import { Button, IconButton } from './button.tsx'
import { type Toast, type ToastStore, toasts } from './toast-store.ts'

/** Where toasts appear: once, near the root. The clock of a toast stands still under the pointer or focus. */
export function Toaster({ store = toasts }: { store?: ToastStore }) {
  const shown = useSyncExternalStore(store.subscribe, store.current)
  return (
    <section className="toasts" aria-label={t.notifications()} aria-live="polite" aria-relevant="additions">
      {shown.map((toast) => (
        <ToastRow key={toast.id} toast={toast} store={store} />
      ))}
    </section>
  )
}

function ToastRow({ toast, store }: { toast: Toast; store: ToastStore }) {
  const row = useRef<HTMLDivElement>(null)
  const [left, setLeft] = useState(toast.seconds)
  const stays = toast.tone === 'bad'
  useEffect(() => {
    if (stays) return
    const timer = setInterval(() => {
      if (!row.current?.matches(':hover, :focus-within')) setLeft((seconds) => seconds - 1)
    }, 1000)
    return () => clearInterval(timer)
  }, [stays])
  useEffect(() => {
    if (left <= 0) store.expire(toast.id)
  }, [left, store, toast.id])
  const act = toast.undo ? t.undo() : toast.action?.label
  return (
    <div className="toast" ref={row} role={stays ? 'alert' : 'status'}>
      <span className="grow">{toast.text}</span>
      {toast.undo && (
        <span className="num" aria-hidden="true">
          {t.seconds({ seconds: Math.max(left, 0) })}
        </span>
      )}
      {act && (
        <Button size="sm" onClick={() => void store.act(toast.id)}>
          {act}
        </Button>
      )}
      {(stays || !act) && (
        <IconButton icon={X} size="sm" label={t.close()} onClick={() => store.expire(toast.id)} />
      )}
    </div>
  )
}
