import { Button, Dialog, Field, Input, toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { type FormEvent, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type BoardAuthor, refreshBoards } from '../../../data/boards.ts'
import { boardProblem, moderate } from '../moderate.ts'
import { nameOf } from '../names.ts'

interface ReasonDialogProps {
  /** Undefined: closed. */
  readonly of: 'hide' | 'ban' | undefined
  readonly boardId: string
  readonly author: BoardAuthor
  readonly targetId: string
  readonly onClose: () => void
}

/** Hides something or bans its author, with a reason that all may read. */
export function ReasonDialog({ of, onClose, ...rest }: ReasonDialogProps) {
  const ban = of === 'ban'
  return (
    <Dialog
      open={of !== undefined}
      onOpenChange={onClose}
      title={ban ? t.banTitle({ name: nameOf(rest.author) }) : t.hideTitle()}
      description={ban ? t.banText() : t.hideText()}
      width={420}
    >
      {of && <ReasonForm of={of} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function ReasonForm({ of, boardId, author, targetId, onClose }: ReasonDialogProps & { of: 'hide' | 'ban' }) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const words = reason.trim() && { reason: reason.trim() }
    const target = of === 'ban' ? { author_id: author.author_id } : { target_id: targetId }
    if (await moderate(boardId, { action: of, ...target, ...words })) onClose()
    setBusy(false)
  }
  return (
    <form className="contents" onSubmit={(event) => void submit(event)}>
      <Field label={t.reason()} hint={t.reasonHint()}>
        <Input value={reason} maxLength={500} autoFocus onChange={({ target }) => setReason(target.value)} />
      </Field>
      <div className="acts">
        <Button onClick={onClose}>{t.cancel()}</Button>
        <Button type="submit" variant="ink" busy={busy}>
          {of === 'ban' ? t.banShort() : t.hide()}
        </Button>
      </div>
    </form>
  )
}

interface TakeBackDialogProps {
  readonly open: boolean
  readonly boardId: string
  /** The post or comment. */
  readonly itemId: string
  readonly title: string
  readonly onClose: () => void
  readonly onGone?: () => void
}

/** Takes something of one's own back, after asking: it can't be undone. */
export function TakeBackDialog({ open, boardId, itemId, title, onClose, onGone }: TakeBackDialogProps) {
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await client.call('deletePost', { path: { board_id: boardId, post_id: itemId } })
      onClose()
      onGone?.()
      await refreshBoards(boardId)
    } catch (error) {
      toast({ text: boardProblem(error), tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      description={t.takeBackText()}
      width={420}
      actions={
        <>
          <Button onClick={onClose}>{t.cancel()}</Button>
          <Button variant="ink" busy={busy} onClick={() => void run()}>
            {t.takeBack()}
          </Button>
        </>
      }
    />
  )
}
