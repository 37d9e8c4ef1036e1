import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ok } from '../../data/api.ts'
import type { Person } from '../../data/rooms.ts'

const peopleQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['members', 'of', workspaceId],
    queryFn: async () => {
      const params = { path: { workspace_id: workspaceId } }
      const { items } = await ok(api.GET('/api/v1/workspaces/{workspace_id}/members', { params }))
      return items.map(({ account_id, display_name }): Person => ({ account_id, display_name }))
    },
  })

/** Everybody in a workspace, by account. */
export function usePeople(workspaceId: string): ReadonlyMap<string, Person> {
  const people = useQuery(peopleQuery(workspaceId)).data
  return useMemo(() => new Map((people ?? []).map((person) => [person.account_id, person])), [people])
}
