import { Avatar, Dialog, entries, IconButton, Menu, Skeleton, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../data/api.ts'
import { queryClient } from '../../../data/query-client.ts'
import { type RoomInfo, type RoomMember, roomMembersQuery } from '../../../data/rooms.ts'
import { useIdentity } from '../../../data/use-session.ts'
import { SidePanel } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import { useDirect } from '../list/direct-dialog.tsx'
import { PersonPicker } from '../person-picker.tsx'
import type { Talk } from '../talk/talk.ts'
import { useTalkState } from '../talk/use-talk.ts'

const ROLES = { owner: t.roleOwner, moderator: t.roleModerator, member: t.roleMember } as const
const MAKE = { owner: t.makeOwner, moderator: t.makeModerator, member: t.makeMember } as const
type RoomRole = keyof typeof ROLES

interface PeoplePanelProps {
  readonly room: RoomInfo
  readonly talk: Talk
  readonly onClose: () => void
}

/** Who is in the room, in which role, and who is here now. */
export function PeoplePanel({ room, talk, onClose }: PeoplePanelProps) {
  const members = useQuery(roomMembersQuery(room.id))
  const present = useTalkState(talk, (state) => state.present)
  const [adding, setAdding] = useState(false)
  const acts = useMemberActs(room)
  const here = (members.data ?? []).filter(({ person }) => present.has(person.account_id)).length
  const sorted = [...(members.data ?? [])].sort(
    (a, b) => Number(present.has(b.person.account_id)) - Number(present.has(a.person.account_id)),
  )
  const add = (accountId: string) => {
    setAdding(false)
    void acts.add(accountId)
  }
  return (
    <SidePanel
      title={t.showPeople()}
      sub={[t.members({ count: room.member_count }), here > 0 && t.hereCount({ count: here })]
        .filter(Boolean)
        .join(' · ')}
      onClose={onClose}
      actions={
        room.can.manage &&
        room.kind === 'room' && (
          <IconButton icon={UserPlus} label={t.addPerson()} onClick={() => setAdding(true)} />
        )
      }
    >
      <div className="people-list">
        {members.isError && <LoadError error={members.error} retry={members.refetch} />}
        {members.isPending && <Skeleton height={40} />}
        {sorted.map((member) => (
          <MemberRow
            key={member.person.account_id}
            member={member}
            here={present.has(member.person.account_id)}
            manage={room.can.manage && room.kind === 'room'}
            acts={acts}
          />
        ))}
      </div>
      <Dialog open={adding} onOpenChange={setAdding} title={t.addPerson()}>
        {adding && room.workspace_id && (
          <PersonPicker
            workspaceId={room.workspace_id}
            without={new Set((members.data ?? []).map(({ person }) => person.account_id))}
            onPick={add}
          />
        )}
      </Dialog>
    </SidePanel>
  )
}

interface MemberRowProps {
  readonly member: RoomMember
  readonly here: boolean
  readonly manage: boolean
  readonly acts: ReturnType<typeof useMemberActs>
}

function MemberRow({ member: { person, role }, here, manage, acts }: MemberRowProps) {
  const { account } = useIdentity()
  const write = useDirect()
  const { account_id, display_name } = person
  const own = account_id === account.id
  const roles: RoomRole[] = ['owner', 'moderator', 'member']
  const items = entries(
    !own && { label: t.writeTo({ name: display_name }), onSelect: () => void write(account_id) },
    manage && !own && 'separator',
    ...(manage
      ? roles
          .filter((one) => one !== role)
          .map((one) => ({ label: MAKE[one](), onSelect: () => void acts.makeRole(account_id, one) }))
      : []),
    manage && !own && { label: t.removePerson(), tone: 'bad', onSelect: () => void acts.remove(person) },
  )
  return (
    <div className="person-row">
      <Avatar name={display_name} seed={account_id} here={here} />
      <span className="grow">
        <span className="clip">{own ? `${display_name} · ${t.you()}` : display_name}</span>
        <span className="hint">
          {[role !== 'member' && ROLES[role](), here && t.here()].filter(Boolean).join(' · ')}
        </span>
      </span>
      {items.length > 0 && (
        <Menu trigger={<IconButton icon={Ellipsis} size="sm" label={t.more()} />} items={items} />
      )}
    </div>
  )
}

function useMemberActs({ id }: RoomInfo) {
  const tried = async (act: () => Promise<unknown>, said?: () => void) => {
    try {
      await act()
      said?.()
    } catch (error) {
      toast({ text: problemText(error, { 'room.last_owner': t.lastOwner }), tone: 'bad' })
    }
    for (const queryKey of [['room-members', id], ['rooms']]) void queryClient.invalidateQueries({ queryKey })
  }
  const add = (account_id: string) =>
    tried(() => client.call('addRoomMember', { path: { room_id: id }, body: { account_id } }))
  return {
    add,
    makeRole: (account_id: string, role: RoomRole) =>
      tried(() => client.call('updateRoomMember', { path: { room_id: id, account_id }, body: { role } })),
    remove: ({ account_id, display_name }: RoomMember['person']) =>
      tried(
        () => client.call('removeRoomMember', { path: { room_id: id, account_id } }),
        () => void toast({ text: t.personRemoved({ name: display_name }), undo: () => add(account_id) }),
      ),
  }
}
