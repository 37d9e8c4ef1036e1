import { Icon, Kbd, Pulse } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { shell as t } from '@stoa/ui/messages/shell'
import clsx from 'clsx'
import { CornerDownLeft } from 'lucide-react'
import { Fragment, type Ref } from 'react'
import type { Line } from './palette-lines.ts'
import type { Answers } from './use-answers.ts'

interface ResultsProps {
  ref: Ref<HTMLDivElement>
  id: string
  lines: readonly Line[]
  chosen: Line | undefined
  answers: Answers
  onHover: (line: Line) => void
  onTake: (line: Line, beside: boolean) => void
}

export function PaletteResults({ ref, id, lines, chosen, answers, onHover, onTake }: ResultsProps) {
  return (
    <div className="res" ref={ref} id={id} role="listbox" aria-label={t.paletteResults()}>
      {lines.map((line, index) => (
        <Fragment key={line.key}>
          {lines[index - 1]?.section !== line.section && <Section line={line} />}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above handles the keys (combobox pattern) */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box, aria-activedescendant points here */}
          <div
            role="option"
            id={`${id}-${line.key}`}
            aria-selected={line === chosen}
            className={clsx('hit', line === chosen && 'on')}
            onPointerMove={() => line !== chosen && onHover(line)}
            onClick={(event) => onTake(line, event.shiftKey)}
          >
            {line.kind === 'hit' ? <HitLine line={line} /> : <ActionLine line={line} />}
          </div>
        </Fragment>
      ))}
      {lines.length === 0 && <Nothing answers={answers} />}
    </div>
  )
}

function Section({ line }: { line: Line }) {
  return (
    <div className="sec" role="presentation">
      <span>{line.kind === 'action' ? t.paletteActions() : line.section}</span>
      {line.kind === 'hit' && line.total !== undefined && (
        <span className="num">{formatNumber(line.total)}</span>
      )}
    </div>
  )
}

function HitLine({ line: { hit } }: { line: Extract<Line, { kind: 'hit' }> }) {
  return (
    <>
      <Icon of={hit.icon} />
      <span className="clip" lang={hit.language}>
        <b>{hit.title}</b> {hit.meta && <span className="s">{hit.meta}</span>}
      </span>
      <span className="k num">{hit.end}</span>
      {hit.excerpt && (
        <span className={clsx('x', hit.isPassage && 'read')} lang={hit.language}>
          {hit.excerpt}
        </span>
      )}
    </>
  )
}

function ActionLine({ line: { action } }: { line: Extract<Line, { kind: 'action' }> }) {
  return (
    <>
      <Icon of={action.icon ?? CornerDownLeft} />
      <span className="clip">{action.label}</span>
      {action.shortcut ? <Kbd keys={action.shortcut} /> : <span />}
    </>
  )
}

function Nothing({ answers }: { answers: Answers }) {
  if (answers.status === 'searching') {
    return (
      <p className="nothing" role="status">
        <Pulse /> {t.paletteSearching()}
      </p>
    )
  }
  const failed = answers.status === 'done' && answers.failed
  return (
    <p className="nothing" role="status">
      {failed ? t.paletteFailed() : t.paletteNothing()}
    </p>
  )
}

export function PaletteFoot({ answers }: { answers: Answers }) {
  const notes = answers.status === 'idle' ? [] : answers.last.flatMap(({ note }) => note ?? [])
  return (
    <div className="kf">
      <span>
        <Kbd keys="arrowup" />
        <Kbd keys="arrowdown" />
        {t.paletteMove()}
      </span>
      <span>
        <Kbd keys="enter" />
        {t.paletteOpen()}
      </span>
      <span className="grow" />
      {answers.status === 'searching' && <Pulse />}
      {notes}
    </div>
  )
}
