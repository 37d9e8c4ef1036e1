import { uuidv7 } from '@stoa/kernel'
import { Button, Dialog, Field, Input } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type Board, refreshBoards } from '../../../data/boards.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { AccessField, ReachField } from './board-choices.tsx'

/** Begins a board: a name, who posts, which nodes hold it. */
export function NewBoardDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.newBoard()} width={460}>
      <NewBoardForm onClose={onClose} />
    </Dialog>
  )
}

function NewBoardForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  // Made once: trying again after a lost answer makes no second board.
  const [key] = useState(() => uuidv7())
  const [title, setTitle] = useState('')
  const [access, setAccess] = useState<NonNullable<Board['access']>>('open')
  const [reach, setReach] = useState<Board['reach']>('cluster')
  const [checked, setChecked] = useState(false)
  const missing = title.trim() === ''
  const making = useMutation({
    mutationFn: () =>
      client.call('createBoard', { body: { title: title.trim(), access, reach } }, { idempotencyKey: key }),
    onSuccess: async (board) => {
      await refreshBoards()
      onClose()
      void navigate({ to: '/boards/$boardId', params: { boardId: board.id } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!missing) making.mutate()
  }
  const error =
    checked && missing ? t.boardTitleMissing() : making.isError ? problemText(making.error) : undefined
  return (
    <form className="contents" onSubmit={submit}>
      <Field label={t.boardTitle()} hint={t.boardTitleHint()} error={error}>
        <Input
          value={title}
          maxLength={120}
          autoComplete="off"
          autoFocus
          onChange={({ target }) => setTitle(target.value)}
        />
      </Field>
      <AccessField value={access} onChange={setAccess} />
      <ReachField value={reach} onChange={setReach} />
      <div className="acts">
        <Button onClick={onClose}>{t.cancel()}</Button>
        <Button type="submit" variant="ink" busy={making.isPending}>
          {t.create()}
        </Button>
      </div>
    </form>
  )
}
