import { Button, Field, Input, Textarea, toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useNavigate } from '@tanstack/react-router'
import { ImagePlus, Quote } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type BoardDetail, type PostDetail, refreshBoards } from '../../../data/boards.ts'
import { PassageDialog } from '../../../passages/passage-dialog.tsx'
import type { Closed } from '../closed/closed.ts'
import { ClosedNote } from '../closed/closed-note.tsx'
import { boardProblem } from '../moderate.ts'
import { DraftParts } from './draft-parts.tsx'
import { type PostDraft, usePostDraft } from './drafts.ts'
import { useImageDrop } from './use-image-drop.ts'
import { useImages } from './use-images.ts'
import { useKey } from './use-key.ts'

interface PostFormProps {
  readonly board: BoardDetail
  /** One's own post that is changed. */
  readonly post?: PostDetail
  /** Why it can't be sent. What was begun stays to be read and copied. */
  readonly closed: Closed | undefined
  readonly onEnd: () => void
}

/** Title, words, pictures and passages of a post. */
export function PostForm({ board, post, closed, onEnd }: PostFormProps) {
  const navigate = useNavigate()
  const { draft, change, clear, touched } = usePostDraft(board, post)
  const images = useImages(draft.images.length, (image) =>
    change((held) => ({ images: [...held.images, image] })),
  )
  const drop = useImageDrop(images.add)
  const [picking, setPicking] = useState(false)
  const sent = usePosting(board, post)
  const missing = sent.tried && draft.title.trim() === ''
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const posted = await sent.send(draft)
    if (!posted) return
    clear()
    toast({ text: t.posted() })
    void navigate({
      to: '/boards/$boardId/posts/$postId',
      params: { boardId: board.id, postId: posted.id },
    })
  }
  if (closed && !touched)
    return (
      <div className="post write">
        <ClosedNote board={board} closed={closed} />
      </div>
    )
  return (
    <form className="post write" onSubmit={(event) => void submit(event)} {...drop.on}>
      <Field label={t.title()} error={missing ? t.titleMissing() : undefined}>
        <Input
          look="lg"
          value={draft.title}
          maxLength={300}
          autoComplete="off"
          autoFocus={!post}
          onChange={({ target }) => change(() => ({ title: target.value }))}
        />
      </Field>
      <Field label={t.text()} hint={drop.over ? t.dropImages() : t.textHint()}>
        <Textarea
          className="words"
          value={draft.text}
          maxLength={65_536}
          placeholder={t.textPlaceholder()}
          onChange={({ target }) => change(() => ({ text: target.value }))}
          onPaste={drop.onPaste}
        />
      </Field>
      <DraftParts draft={draft} sending={images.sending} onChange={change} onCancel={images.cancel} />
      <Tools onImages={images.add} onPassage={() => setPicking(true)} />
      {sent.problem && (
        <p className="bad-text" role="alert">
          {sent.problem}
        </p>
      )}
      {closed && <ClosedNote board={board} closed={closed} />}
      <SendRow
        words={post ? t.save() : t.sendPost()}
        busy={sent.busy}
        mayGo={closed === undefined && images.sending.length === 0}
        touched={touched}
        onDiscard={() => {
          clear()
          onEnd()
        }}
      />
      <PassageDialog
        open={picking}
        onClose={() => setPicking(false)}
        onPick={({ citation: { highlight_id: _, ...citation }, ...shown }) => {
          setPicking(false)
          change((held) => ({ passages: [...held.passages, { citation, ...shown }] }))
        }}
      />
    </form>
  )
}

interface SendRowProps {
  readonly words: string
  readonly busy: boolean
  readonly mayGo: boolean
  /** Whether anything was written. */
  readonly touched: boolean
  readonly onDiscard: () => void
}

const SendRow = ({ words, busy, mayGo, touched, onDiscard }: SendRowProps) => (
  <div className="row send">
    <span className="muted grow">{touched ? t.draftKept() : t.signedNote()}</span>
    <Button variant="ghost" onClick={onDiscard}>
      {touched ? t.discard() : t.cancel()}
    </Button>
    <Button type="submit" variant="primary" busy={busy} disabled={!mayGo}>
      {words}
    </Button>
  </div>
)

function Tools({
  onImages,
  onPassage,
}: {
  onImages: (files: readonly File[]) => void
  onPassage: () => void
}) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="row">
      <Button size="sm" icon={ImagePlus} onClick={() => picker.current?.click()}>
        {t.addImages()}
      </Button>
      <Button size="sm" icon={Quote} onClick={onPassage}>
        {t.addPassage()}
      </Button>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        aria-label={t.addImages()}
        multiple
        hidden
        onChange={({ target }) => {
          onImages([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </div>
  )
}

/** Sends what was written. */
function usePosting(board: BoardDetail, post: PostDetail | undefined) {
  const keyOf = useKey()
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async (draft: PostDraft): Promise<{ id: string } | undefined> => {
    setTried(true)
    if (draft.title.trim() === '' || busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const body = {
        title: draft.title.trim(),
        text: draft.text.trim(),
        media_ids: draft.images.map(({ id }) => id),
        citations: draft.passages.map(({ citation }) => citation),
      }
      const path = { board_id: board.id }
      const posted = post
        ? await client.call('updatePost', { path: { ...path, post_id: post.id }, body })
        : await client.call('createPost', { path, body }, { idempotencyKey: keyOf(body) })
      await refreshBoards(board.id)
      return posted
    } catch (error) {
      setProblem(boardProblem(error))
    } finally {
      setBusy(false)
    }
    return
  }
  return { send, busy, tried, problem }
}
