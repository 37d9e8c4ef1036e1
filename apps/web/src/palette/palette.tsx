import { Icon, Kbd } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { Search, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { KeyboardEvent } from 'react'
import { Fragment, useDeferredValue, useId, useRef, useState } from 'react'
import { useAllActions } from '../keyboard/actions.ts'
import { matchActions } from './match-actions.ts'
import { type Line, linesOf } from './palette-lines.ts'
import { PaletteFoot, PaletteResults } from './palette-results.tsx'
import { closePalette, usePaletteState } from './palette-state.ts'
import { useSearchProviders } from './providers.ts'
import { useAnswers } from './use-answers.ts'

/** Go to, search all, act: one box over everything. */
export function Palette() {
  const { open, query } = usePaletteState()
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closePalette()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim dim" />
        <Dialog.Content className="pal" aria-describedby={undefined}>
          <Dialog.Title className="sr">{t.paletteTitle()}</Dialog.Title>
          <PaletteBody start={query} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteBody({ start }: { start: string }) {
  const [query, setQuery] = useState(start)
  const [round, setRound] = useState(0)
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const providers = useSearchProviders()
  const answers = useAnswers(providers, useDeferredValue(query.trim()), round)
  const lines = linesOf(matchActions(useAllActions(), query), answers)
  const chosen = lines[Math.min(at, lines.length - 1)]

  const move = (step: number) => {
    const next = (at + step + lines.length) % Math.max(lines.length, 1)
    setAt(next)
    list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && chosen) take(chosen, event.shiftKey)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="q">
        <Search className="i" aria-hidden="true" />
        <input
          className="grow"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.key}`}
          aria-label={t.paletteTitle()}
          placeholder={t.palettePlaceholder()}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
        <Dialog.Close className="plain" title={t.close()}>
          <Kbd keys="escape" className="no-m" />
          <Icon of={X} className="only-m" />
        </Dialog.Close>
      </div>
      {providers.some(({ filters }) => filters) && query.trim() !== '' && (
        <div className="fc">
          {providers.map(({ id, filters }) => (
            <Fragment key={id}>{filters?.(() => setRound((n) => n + 1))}</Fragment>
          ))}
        </div>
      )}
      <div className="mid">
        <PaletteResults
          ref={list}
          id={listId}
          lines={lines}
          chosen={chosen}
          answers={answers}
          onHover={(line) => setAt(lines.indexOf(line))}
          onTake={take}
        />
        {chosen?.kind === 'hit' && chosen.hit.preview && <div className="pv">{chosen.hit.preview()}</div>}
      </div>
      <PaletteFoot answers={answers} />
    </>
  )
}

function take(line: Line, beside: boolean): void {
  closePalette()
  if (line.kind === 'action') line.action.run()
  else if (beside && line.hit.openBeside) line.hit.openBeside()
  else line.hit.open()
}
