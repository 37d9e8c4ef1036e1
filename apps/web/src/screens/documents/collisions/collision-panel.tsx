import { Button } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import { useEffect } from 'react'
import { SidePanel } from '../../../frame/bars.tsx'
import type { KeptCollision } from '../../../offline/database.ts'
import { usePlace } from '../../../offline/use-place.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { type ContentNode, textOf } from '../content.ts'
import { readCaret } from '../editor/read-caret.ts'
import { diffWords } from '../versions/diff-words.ts'
import { Pieces } from '../versions/pieces.tsx'
import { blockRange, setCollided } from './collision-marks.ts'
import { keepMerged, takeSide } from './resolve-collision.ts'

interface CollisionPanelProps {
  readonly editor: Editor
  readonly collisions: readonly KeptCollision[]
  readonly editable: boolean
  readonly onClose: () => void
}

/** Every paragraph that two people changed apart, with both texts; nothing is lost until somebody has decided. */
export function CollisionPanel({ editor, collisions, editable, onClose }: CollisionPanelProps) {
  return (
    <SidePanel title={t.collisions()} sub={t.collisionsSub()} onClose={onClose}>
      <div className="collision-list">
        {collisions.map((collision) => (
          <CollisionCard key={collision.id} {...{ editor, collision, editable }} />
        ))}
        {collisions.length === 0 && <p className="muted none">{t.noCollisions()}</p>}
      </div>
    </SidePanel>
  )
}

interface CardProps {
  readonly editor: Editor
  readonly collision: KeptCollision
  readonly editable: boolean
}

function CollisionCard({ editor, collision, editable }: CardProps) {
  const { database } = usePlace()
  const { kind, base, mine, theirs, at } = collision
  const range = blockRange(editor.state, collision.blockId)
  const show = () => {
    const element = range && editor.view.nodeDOM(range.from)
    if (element instanceof HTMLElement) element.scrollIntoView({ block: 'center' })
  }
  const take = (side: 'mine' | 'theirs') => () => void takeSide(database, editor, collision, side)
  return (
    <article className="card collision" aria-label={WORDS[kind]()}>
      <p className="say">
        {WORDS[kind]()}{' '}
        {range && (
          <button type="button" className="link" onClick={show}>
            {t.showPlace()}
          </button>
        )}
      </p>
      <Side title={t.yours()} base={base} side={mine}>
        {editable && (
          <Button size="sm" onClick={take('mine')}>
            {mine && !range ? t.putBack() : t.takeYours()}
          </Button>
        )}
      </Side>
      <Side title={t.theirs()} base={base} side={theirs}>
        {editable && (
          <Button size="sm" onClick={take('theirs')}>
            {theirs && !range ? t.putBack() : t.takeTheirs()}
          </Button>
        )}
      </Side>
      <div className="row">
        <time className="hint" dateTime={new Date(at).toISOString()}>
          {formatMoment(at)}
        </time>
        <span className="grow" />
        <Button size="sm" variant="ghost" onClick={() => void keepMerged(database, collision)}>
          {t.keepTogether()}
        </Button>
      </div>
    </article>
  )
}

const WORDS = {
  both: t.bothChanged,
  'removed-by-them': t.theyRemoved,
  'removed-by-me': t.youRemoved,
} as const

interface SideProps {
  readonly title: string
  readonly base: ContentNode
  readonly side: ContentNode | undefined
  readonly children: React.ReactNode
}

function Side({ title, base, side, children }: SideProps) {
  const text = side && textOf(side)
  return (
    <section className="one-side">
      <div className="row">
        <h4 className="label grow">{title}</h4>
        {children}
      </div>
      {text === undefined ? (
        <p className="muted">{t.takenOut()}</p>
      ) : (
        <p className="read" lang={scriptLanguage(text)}>
          <Pieces pieces={diffWords(textOf(base), text)} />
        </p>
      )}
    </section>
  )
}

/** Marks the paragraphs in the text for as long as they are undecided. */
export function useCollided(editor: Editor | null, collisions: readonly KeptCollision[]): void {
  const ids = collisions.map(({ blockId }) => blockId).join(' ')
  useEffect(() => {
    if (!editor) return
    if (editor.isInitialized) readCaret(editor.view)
    editor.view.dispatch(setCollided(editor.state, ids.split(' ').filter(Boolean)))
  }, [editor, ids])
}
