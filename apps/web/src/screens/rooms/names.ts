import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo } from 'react'
import { type Person, roomMembersQuery } from '../../data/rooms.ts'
import { useIdentity } from '../../data/use-session.ts'

interface Names {
  readonly accountId: string
  readonly people: ReadonlyMap<string, Person>
}

/** Who is who in the room on screen. */
export const NamesContext = createContext<Names>({ accountId: '', people: new Map() })

/** The name of an account: "You" for one's own; a question mark for who has left and wrote nothing. */
export function useNames(): (accountId: string) => string {
  const { accountId, people } = useContext(NamesContext)
  return (id) => (id === accountId ? t.you() : (people.get(id)?.display_name ?? '?'))
}

/** The members of a room by account. */
export function useRoomNames(roomId: string): Names {
  const { account } = useIdentity()
  const members = useQuery(roomMembersQuery(roomId)).data
  return useMemo(
    () => ({
      accountId: account.id,
      people: new Map((members ?? []).map(({ person }) => [person.account_id, person])),
    }),
    [account.id, members],
  )
}
