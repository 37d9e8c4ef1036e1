import { IconButton, Input, Kbd } from '@stoa/ui'
import { search as t } from '@stoa/ui/messages/search'
import { Search, X } from 'lucide-react'
import { type Ref, useEffect, useRef, useState } from 'react'

const PAUSE_MS = 220

/** The one box. What is typed is asked after a pause, or at once with Enter; Escape leaves the box for the results. */
export function SearchBox({
  q,
  onQuery,
  ref,
}: {
  q: string
  onQuery: (q: string) => void
  ref: Ref<HTMLInputElement>
}) {
  const [typed, setTyped] = useState(q)
  const asked = useRef(q)
  const ask = useRef(onQuery)
  ask.current = onQuery
  // The address changed by itself (back, a link): show what it says.
  useEffect(() => {
    if (q === asked.current) return
    asked.current = q
    setTyped(q)
  }, [q])
  const send = (text: string) => {
    if (text === asked.current) return
    asked.current = text
    ask.current(text)
  }
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = typed.trim()
      if (text === asked.current) return
      asked.current = text
      ask.current(text)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      ref={ref}
      look="lg"
      type="search"
      icon={Search}
      aria-label={t.boxLabel()}
      placeholder={t.placeholder()}
      maxLength={400}
      autoFocus={q === ''}
      value={typed}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') send(typed.trim())
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      end={
        typed === '' ? (
          <Kbd keys="/" />
        ) : (
          <IconButton
            icon={X}
            size="sm"
            label={t.clear()}
            onClick={() => {
              setTyped('')
              send('')
            }}
          />
        )
      }
    />
  )
}
