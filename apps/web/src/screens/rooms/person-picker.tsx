import { Avatar, Input, Skeleton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { api, ok } from '../../data/api.ts'
import { useIdentity } from '../../data/use-session.ts'
import { workspacesQuery } from '../../data/workspaces.ts'
import { LoadError } from '../../frame/load-error.tsx'

interface PersonPickerProps {
  /** Only people of this workspace; default: of all workspaces one is in. */
  readonly workspaceId?: string
  /** Who is there already. */
  readonly without?: ReadonlySet<string>
  readonly onPick: (accountId: string) => void
}

/** Finds a person by name among those one shares a workspace with. */
export function PersonPicker({ workspaceId, without, onPick }: PersonPickerProps) {
  const { account } = useIdentity()
  const workspaces = useQuery({ ...workspacesQuery, enabled: workspaceId === undefined }).data?.items
  const ids =
    workspaceId === undefined
      ? (workspaces ?? []).filter(({ archived }) => !archived).map(({ id }) => id)
      : [workspaceId]
  const people = useQuery({
    queryKey: ['members', 'of', ...ids],
    queryFn: () => peopleOf(ids),
    enabled: ids.length > 0,
  })
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const shown = (people.data ?? []).filter(
    ({ account_id, display_name }) =>
      account_id !== account.id && !without?.has(account_id) && display_name.toLowerCase().includes(wanted),
  )
  return (
    <>
      <Input
        look="quiet"
        icon={Search}
        placeholder={t.findPerson()}
        aria-label={t.findPerson()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && shown[0] && onPick(shown[0].account_id)}
        autoFocus
      />
      <div className="pick-list">
        {people.isError && <LoadError error={people.error} retry={people.refetch} />}
        {people.isPending && <Skeleton height={34} />}
        {shown.map(({ account_id, display_name }) => (
          <button key={account_id} type="button" className="li" onClick={() => onPick(account_id)}>
            <Avatar name={display_name} seed={account_id} size="s" />
            <span className="clip grow">{display_name}</span>
          </button>
        ))}
        {people.isSuccess && shown.length === 0 && <p className="muted">{t.nobody()}</p>}
      </div>
    </>
  )
}

/** Everybody in some workspaces, once, by name. */
async function peopleOf(ids: readonly string[]) {
  const lists = await Promise.all(
    ids.map((workspace_id) =>
      ok(api.GET('/api/v1/workspaces/{workspace_id}/members', { params: { path: { workspace_id } } })),
    ),
  )
  const all = new Map(lists.flatMap(({ items }) => items.map((one) => [one.account_id, one] as const)))
  return [...all.values()].sort((a, b) => a.display_name.localeCompare(b.display_name))
}
