import { Button } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { type KeyboardEvent, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type BoardComment, type BoardDetail, type PostDetail, refreshBoards } from '../../../data/boards.ts'
import { boardProblem } from '../moderate.ts'
import { keptCitations } from '../write/kept-citations.ts'
import { useKey } from '../write/use-key.ts'
import { useKeptWords } from './use-kept-words.ts'

interface CommentFormProps {
  readonly board: BoardDetail
  readonly post: PostDetail
  readonly label: string
  /** The comment it answers; without it the post. */
  readonly parent?: string
  /** The comment that its author changes. */
  readonly editing?: BoardComment
  readonly onEnd?: () => void
}

/** Where a comment is written. Its words are kept on this device until the server has them. */
export function CommentForm({ board, post, label, parent, editing, onEnd }: CommentFormProps) {
  const draft = useKeptWords(`${board.id}.${editing?.id ?? parent ?? post.id}`, editing?.body.text ?? '')
  const keyOf = useKey()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const text = draft.text.trim()
  const send = async () => {
    if (text === '' || busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await write(text, { board, post, parent, editing, keyOf })
      draft.clear()
      await refreshBoards(board.id)
      onEnd?.()
    } catch (error) {
      setProblem(boardProblem(error))
    }
    setBusy(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && onEnd) onEnd()
    else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="comment-form">
      <textarea
        className="input area"
        aria-label={label}
        placeholder={label}
        rows={Math.min(12, draft.text.split('\n').length + 1)}
        maxLength={65_536}
        // biome-ignore lint/a11y/noAutofocus: it opens where one asked for it
        autoFocus={onEnd !== undefined}
        value={draft.text}
        onChange={({ target }) => draft.set(target.value)}
        onKeyDown={onKeyDown}
      />
      {(text !== '' || onEnd || problem) && (
        <div className="row">
          <span className={problem ? 'bad-text' : 'muted'} role={problem ? 'alert' : undefined}>
            {problem ?? t.textHint()}
          </span>
          <span className="grow" />
          {onEnd && (
            <Button size="sm" variant="ghost" onClick={onEnd}>
              {t.cancel()}
            </Button>
          )}
          <Button size="sm" variant="ink" busy={busy} disabled={text === ''} onClick={() => void send()}>
            {editing ? t.save() : t.comment()}
          </Button>
        </div>
      )}
    </div>
  )
}

interface Written extends Pick<CommentFormProps, 'board' | 'post'> {
  readonly parent: string | undefined
  readonly editing: BoardComment | undefined
  readonly keyOf: (body: unknown) => string
}

async function write(text: string, { board, post, parent, editing, keyOf }: Written): Promise<void> {
  if (editing) {
    const media_ids = editing.images.map(({ image_cid }) => image_cid)
    const citations = keptCitations(editing.body.citations)
    const path = { board_id: board.id, comment_id: editing.id }
    await client.call('updateComment', { path, body: { text, media_ids, citations } })
    return
  }
  const body = { text, ...(parent && { parent_id: parent }) }
  const path = { board_id: board.id, post_id: post.id }
  await client.call('createComment', { path, body }, { idempotencyKey: keyOf(body) })
}
