import { uuidv7 } from '@stoa/kernel'
import { Button, Dialog, Field, Input, NativeSelect, Segmented } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Hash, Lock } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { client } from '../../../data/api.ts'
import { queryClient } from '../../../data/query-client.ts'
import { joinedRoomsQuery, type RoomInfo, refreshRooms } from '../../../data/rooms.ts'
import { workspacesQuery } from '../../../data/workspaces.ts'
import { problemText } from '../../../frame/problem-text.ts'

interface NewRoomDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** The book it is to be about. */
  readonly book?: { readonly id: string; readonly title: string; readonly workspaceId: string }
  /** Instead of going there. */
  readonly onMade?: (room: RoomInfo) => void
}

/** Opens a room: a name, who gets in, where it stands. */
export function NewRoomDialog({ open, onClose, ...rest }: NewRoomDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.newRoom()} width={460}>
      <NewRoomForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function NewRoomForm({ onClose, book, onMade }: Omit<NewRoomDialogProps, 'open'>) {
  const navigate = useNavigate()
  // Made once: trying again after a lost answer makes no second room.
  const [id] = useState(() => uuidv7())
  const [name, setName] = useState(book?.title ?? '')
  const [topic, setTopic] = useState('')
  const [visibility, setVisibility] = useState<RoomInfo['visibility']>('open')
  const [checked, setChecked] = useState(false)
  const place = usePlace(book?.workspaceId)
  const { workspaceId, parent } = place
  const making = useMutation({
    mutationFn: async () =>
      client.call('createRoom', {
        body: {
          ...{ id, workspace_id: workspaceId || (await firstWorkspace()), name: name.trim(), visibility },
          ...(topic.trim() && { topic: topic.trim() }),
          ...(parent && { parent_id: parent }),
          ...(book && { book_id: book.id }),
        },
      }),
    onSuccess: async (room) => {
      await refreshRooms()
      onClose()
      if (onMade) onMade(room)
      else void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } })
    },
  })
  const missing = name.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!missing) making.mutate()
  }
  const error = checked && missing ? t.nameMissing() : making.isError ? problemText(making.error) : undefined
  return (
    <form className="contents" onSubmit={submit}>
      <Field label={t.roomName()} error={error}>
        <Input
          value={name}
          maxLength={120}
          autoComplete="off"
          autoFocus
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label={t.roomTopic()} hint={t.topicHint()}>
        <Input
          value={topic}
          maxLength={500}
          autoComplete="off"
          onChange={({ target }) => setTopic(target.value)}
        />
      </Field>
      <VisibilityField value={visibility} onChange={setVisibility} />
      {place.workspaces.length > 1 && !book && (
        <Choice
          label={t.workspace()}
          value={place.workspaceId}
          onValue={place.setWorkspace}
          of={place.workspaces}
        />
      )}
      {place.parents.length > 0 && (
        <Choice label={t.under()} value={place.parent} onValue={place.setParent} of={place.parents}>
          <option value="">{t.underNone()}</option>
        </Choice>
      )}
      <div className="acts">
        <Button onClick={onClose}>{shell.cancel()}</Button>
        <Button type="submit" variant="ink" busy={making.isPending}>
          {t.create()}
        </Button>
      </div>
    </form>
  )
}

const standing = <Workspace extends { readonly archived: boolean }>(workspaces: readonly Workspace[]) =>
  workspaces.filter(({ archived }) => !archived)

/** Where a room stands whose maker was faster than the list of workspaces. */
async function firstWorkspace(): Promise<string> {
  const { items } = await queryClient.ensureQueryData(workspacesQuery)
  return standing(items)[0]?.id ?? ''
}

/** Where a room can stand: in a workspace, by itself or below a room there. */
function usePlace(given: string | undefined) {
  const workspaces = standing(useQuery(workspacesQuery).data?.items ?? [])
  const rooms = useQuery(joinedRoomsQuery).data ?? []
  const [chosen, setChosen] = useState(given)
  const [parent, setParent] = useState('')
  const workspaceId = chosen ?? workspaces[0]?.id ?? ''
  const parents = rooms.filter(
    ({ kind, parent_id, workspace_id }) =>
      kind === 'room' && parent_id === null && workspace_id === workspaceId,
  )
  const setWorkspace = (id: string) => {
    setChosen(id)
    setParent('')
  }
  return { workspaces, workspaceId, setWorkspace, parents, parent, setParent }
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly of: readonly { readonly id: string; readonly name: string }[]
  readonly children?: ReactNode
}

const Choice = ({ label, value, onValue, of: choices, children }: ChoiceProps) => (
  <Field label={label}>
    <NativeSelect value={value} onValue={onValue}>
      {children}
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  </Field>
)

interface VisibilityFieldProps {
  readonly value: RoomInfo['visibility']
  readonly onChange: (value: RoomInfo['visibility']) => void
}

/** Open or private, with what it means. */
export function VisibilityField({ value, onChange }: VisibilityFieldProps) {
  return (
    <div className="field">
      <span className="label">{t.visibility()}</span>
      <Segmented
        label={t.visibility()}
        value={value}
        onChange={onChange}
        options={[
          { value: 'open', label: t.visibilityOpen(), icon: Hash },
          { value: 'private', label: t.visibilityPrivate(), icon: Lock },
        ]}
      />
      <span className="hint">{value === 'open' ? t.visibilityOpenHint() : t.visibilityPrivateHint()}</span>
    </div>
  )
}
