import { reader as t } from '@stoa/ui/messages/reader'
import { type FormEvent, useState } from 'react'
import type { Location } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'

/** The page of a PDF, as a field: type a number or the printed label, press Enter. */
export function PageInput({ location }: { location: Location }) {
  const { view, store } = useReader()
  const [typed, setTyped] = useState<string>()
  const go = (event: FormEvent) => {
    event.preventDefault()
    const page = Number.parseInt(typed ?? '', 10)
    setTyped(undefined)
    if (!Number.isInteger(page)) return
    store.setState({ visiting: false })
    const index = Math.min(location.pages, Math.max(1, page)) - 1
    void view.goTo({ type: 'pdf', page: index })
    view.element.focus()
  }
  return (
    <form className="page-input" onSubmit={go}>
      <input
        aria-label={t.goToPage()}
        title={location.pageLabel}
        inputMode="numeric"
        value={typed ?? String(location.page)}
        style={{ width: `${Math.max(2, String(location.pages).length) + 1.6}ch` }}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(undefined)}
      />
      <span>/ {location.pages}</span>
    </form>
  )
}
