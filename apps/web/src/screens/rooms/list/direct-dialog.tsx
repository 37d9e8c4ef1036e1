import { Dialog, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../../data/api.ts'
import { refreshRooms } from '../../../data/rooms.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { PersonPicker } from '../person-picker.tsx'

/** Opens the conversation with a person; the same one whoever began it. */
export function useDirect(): (accountId: string) => Promise<void> {
  const navigate = useNavigate()
  return async (accountId) => {
    try {
      const room = await client.call('openDirectRoom', { body: { account_id: accountId } })
      await refreshRooms()
      await navigate({ to: '/rooms/$roomId', params: { roomId: room.id } })
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
  }
}

/** Whom to write to. */
export function DirectDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const write = useDirect()
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.directTitle()} description={t.directText()}>
      {open && (
        <PersonPicker
          onPick={(id) => {
            onClose()
            void write(id)
          }}
        />
      )}
    </Dialog>
  )
}
