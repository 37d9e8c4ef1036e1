import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import { useLayoutEffect, useReducer, useRef, useState } from 'react'
import { anchoredRanges } from './anchor-marks.ts'
import { CommentBox } from './comment-box.tsx'
import { stack, type Wish } from './stack.ts'
import { ThreadCard } from './thread-card.tsx'
import type { Commenting } from './use-commenting.ts'

interface MarginProps {
  readonly editor: Editor
  readonly commenting: Commenting
}

/** What a new comment is called among the cards. */
const NEW = 'new'
/** Cards whose words are gone stand after all others. */
const LAST = 1e7

/** Comments beside the words they are about. */
export function Margin({ editor, commenting }: MarginProps) {
  const { shown, card, drafting, send, cancel, people, active } = commenting
  const column = useRef<HTMLElement>(null)
  const tops = useTops(editor, column, commenting)
  const placed = (id: string) =>
    ({ top: tops.get(id) ?? 0, visibility: tops.has(id) ? undefined : 'hidden' }) as const
  return (
    <aside className="mgn" ref={column} aria-label={t.comments()}>
      {shown.map((thread) => (
        <div key={thread.id} className="mgn-slot" data-slot={thread.id} style={placed(thread.id)}>
          <ThreadCard
            {...card(thread)}
            withQuote={!anchoredRanges(editor.state).has(thread.id)}
            active={active === thread.id}
          />
        </div>
      ))}
      {drafting && (
        <div className="mgn-slot" data-slot={NEW} style={placed(NEW)}>
          <div className="card cm on">
            <CommentBox
              label={t.writeComment()}
              send={t.comment()}
              people={people}
              onSend={send}
              onEnd={cancel}
            />
          </div>
        </div>
      )}
    </aside>
  )
}

function useTops(
  editor: Editor,
  column: React.RefObject<HTMLElement | null>,
  { shown, drafting, active }: Commenting,
) {
  const [tops, setTops] = useState<ReadonlyMap<string, number>>(new Map())
  const [moved, again] = useReducer((count: number) => count + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `moved` measures anew
  useLayoutEffect(() => {
    const element = column.current
    if (!element) return
    const edge = element.getBoundingClientRect().top
    const ranges = anchoredRanges(editor.state)
    const { size } = editor.state.doc.content
    const wishes = [...element.querySelectorAll<HTMLElement>('[data-slot]')].map((slot): Wish => {
      const id = slot.dataset.slot ?? ''
      const from = id === NEW ? drafting?.from : ranges.get(id)?.from
      const top = from === undefined || from > size ? LAST : editor.view.coordsAtPos(from).top - edge
      return { id, top: Math.round(top), height: slot.offsetHeight }
    })
    const found = wishes.filter(({ top }) => top < LAST)
    const end = Math.max(0, ...found.map(({ top, height }) => top + height))
    const next = stack(
      [...found, ...wishes.filter(({ top }) => top === LAST).map((one) => ({ ...one, top: end }))],
      drafting ? NEW : active,
    )
    setTops((before) => (same(before, next) ? before : next))
  }, [editor, column, shown, drafting, active, moved])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other cards are observed when there are others
  useLayoutEffect(() => {
    const observer = new ResizeObserver(again)
    observer.observe(editor.view.dom)
    for (const slot of column.current?.querySelectorAll('[data-slot]') ?? []) observer.observe(slot)
    editor.on('transaction', again)
    return () => {
      observer.disconnect()
      editor.off('transaction', again)
    }
  }, [editor, column, shown, drafting])
  return tops
}

const same = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
  one.size === other.size && [...one].every(([id, top]) => other.get(id) === top)
