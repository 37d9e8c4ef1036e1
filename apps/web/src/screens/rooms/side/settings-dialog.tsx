import type { Input as OperationInput } from '@stoa/sdk'
import { Button, Dialog, Field, Input, Segmented, Select, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation } from '@tanstack/react-query'
import { Archive, ArchiveRestore } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { client } from '../../../data/api.ts'
import { type RoomInfo, refreshRooms } from '../../../data/rooms.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { VisibilityField } from '../list/new-room-dialog.tsx'

interface SettingsDialogProps {
  readonly room: RoomInfo
  readonly open: boolean
  readonly onClose: () => void
}

/** One's own settings for the room, and for those who run it the room's. */
export function SettingsDialog({ room, open, onClose }: SettingsDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.settings()} width={460}>
      {room.membership && <OwnSettings room={room} membership={room.membership} />}
      {room.can.manage && room.kind === 'room' && (
        <RoomForm key={room.version} room={room} onClose={onClose} />
      )}
    </Dialog>
  )
}

type Membership = NonNullable<RoomInfo['membership']>

function OwnSettings({ room, membership }: { room: RoomInfo; membership: Membership }) {
  const choose = async (notifications: Membership['notifications']) => {
    try {
      await client.call('updateRoomMembership', { path: { room_id: room.id }, body: { notifications } })
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
    await refreshRooms()
  }
  return (
    <Field label={t.notifications()}>
      <Select
        value={membership.notifications}
        onChange={(value) => void choose(value)}
        options={[
          { value: 'all', label: t.notifyAll() },
          { value: 'mentions', label: t.notifyMentions() },
          { value: 'none', label: t.notifyNone() },
        ]}
      />
    </Field>
  )
}

interface Saving {
  readonly change: Omit<OperationInput<'updateRoom'>['body'], 'version'>
  readonly said: string
}

function RoomForm({ room, onClose }: { room: RoomInfo; onClose: () => void }) {
  const [name, setName] = useState(room.name)
  const [topic, setTopic] = useState(room.topic ?? '')
  const [visibility, setVisibility] = useState(room.visibility)
  const [posting, setPosting] = useState(room.posting)
  const saving = useMutation({
    mutationFn: ({ change }: Saving) =>
      client.call('updateRoom', { path: { room_id: room.id }, body: { version: room.version, ...change } }),
    // Here and not with the call: news of the change may have drawn the form anew before its answer came.
    onSuccess: (_, { said }) => {
      toast(said)
      onClose()
    },
    onSettled: () => refreshRooms(),
  })
  const save = (change: Saving['change'], said: string) => saving.mutate({ change, said })
  const archived = room.archived_at !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fields = { name: name.trim(), topic: topic.trim() || null, visibility, posting }
    if (fields.name !== '') save(fields, t.saved())
  }
  const error = saving.isError ? problemText(saving.error) : name.trim() === '' ? t.nameMissing() : undefined
  return (
    <form className="contents" onSubmit={submit}>
      <Field label={t.roomName()} error={error}>
        <Input
          value={name}
          maxLength={120}
          autoComplete="off"
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
      <div className="field">
        <span className="label">{t.posting()}</span>
        <Segmented
          label={t.posting()}
          value={posting}
          onChange={setPosting}
          options={[
            { value: 'everyone', label: t.postingEveryone() },
            { value: 'moderators', label: t.postingModerators() },
          ]}
        />
      </div>
      <div className="acts">
        <Button
          variant="ghost"
          icon={archived ? ArchiveRestore : Archive}
          title={t.archiveHint()}
          onClick={() =>
            save({ archived: !archived }, archived ? t.saved() : t.archivedToast({ name: room.name }))
          }
        >
          {archived ? t.unarchive() : t.archive()}
        </Button>
        <span className="grow" />
        <Button onClick={onClose}>{shell.cancel()}</Button>
        <Button type="submit" variant="ink" busy={saving.isPending}>
          {t.save()}
        </Button>
      </div>
    </form>
  )
}
