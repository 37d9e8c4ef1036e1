import { documents as t } from '@stoa/ui/messages/documents'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { scriptLanguage } from '../../../text/script-language.ts'
import type { Line } from '../content.ts'
import type { LineChange } from './diff-documents.ts'
import { Pieces } from './pieces.tsx'

/** Lines that stay around a change, so that one sees where it is. */
const AROUND = 2

/** What changed, line by line; long stretches that stay the same are folded. */
export function DiffView({ changes, whole }: { changes: readonly LineChange[]; whole: boolean }) {
  const near = new Set(
    changes.flatMap(({ kind }, at) =>
      kind === 'same' ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, i) => at - AROUND + i),
    ),
  )
  const shown: ReactNode[] = []
  let folded = 0
  const fold = (at: number) => {
    if (folded > 0)
      shown.push(
        <p key={`fold-${at}`} className="fold">
          {t.sameLines({ count: folded })}
        </p>,
      )
    folded = 0
  }
  changes.forEach((change, at) => {
    if (!whole && !near.has(at)) {
      folded += 1
      return
    }
    fold(at)
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison in its order
    shown.push(<DiffLine key={at} change={change} />)
  })
  fold(changes.length)
  return <div className="diff">{shown}</div>
}

function DiffLine({ change }: { change: LineChange }) {
  const { line, kind } = change
  const { text } = line
  const words =
    kind === 'changed' && change.pieces.length > 0 ? (
      <Pieces pieces={change.pieces} />
    ) : kind === 'added' ? (
      <ins>{text || ' '}</ins>
    ) : kind === 'removed' ? (
      <del>{text || ' '}</del>
    ) : (
      text
    )
  const form = kind === 'changed' && change.pieces.length === 0
  return (
    <div className={clsx('dl', kind, lookOf(line))} lang={scriptLanguage(text)}>
      {kind !== 'same' && <span className="sr">{NAMES[kind]()}: </span>}
      {words}
      {form && <span className="hint">{t.formChanged()}</span>}
    </div>
  )
}

const NAMES = { added: t.lineAdded, removed: t.lineRemoved, changed: t.lineChanged } as const

function lookOf({ node, within }: Line): string {
  if (node.type === 'heading') return `h h${Number(node.attrs?.level ?? 1)}`
  if (node.type === 'codeBlock') return 'pre'
  if (node.type === 'citation') return 'quoted'
  if (within.includes('listItem') || within.includes('taskItem')) return 'item'
  if (within.includes('blockquote')) return 'quoted'
  return within.includes('table') ? 'cell' : ''
}
