import type { components } from '@stoa/contracts'
import { Button, EmptyState, Input, toast } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Search, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { api, ok } from '../../data/api.ts'
import type { Role } from '../../data/session.ts'
import { useManages } from '../../data/use-session.ts'
import { membersQuery } from '../../data/workspaces.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { LoadingRows } from './loading-rows.tsx'
import { MemberRow } from './member-row.tsx'
import { SettingsGroup, SettingsPage } from './settings-page.tsx'
import { SignInLinkDialog } from './sign-in-link-dialog.tsx'
import { useUndoableRemoval } from './use-undoable-removal.ts'

type Member = components['schemas']['Member']

const path = (account_id: string) => ({ params: { path: { account_id } } })

/** `keepalive`: it may happen while the tab is closing. */
const remove = (id: string) =>
  ok(api.DELETE('/api/v1/members/{account_id}', { ...path(id), keepalive: true }))

/** Everybody here, and what they may do. */
export default function MembersScreen() {
  const queries = useQueryClient()
  const manages = useManages()
  const [filter, setFilter] = useState('')
  const [linkFor, setLinkFor] = useState<Member>()
  const members = useInfiniteQuery(membersQuery(useDeferredValue(filter.trim())))
  const refresh = () => queries.invalidateQueries({ queryKey: ['members'] })
  const removal = useUndoableRemoval(remove, refresh)
  const setRole = useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Role }) =>
      ok(
        api.PATCH('/api/v1/members/{account_id}', {
          ...path(member.account_id),
          body: { role, version: member.version },
        }),
      ),
    onError: (error) =>
      toast({ text: problemText(error, { 'member.last_owner': t.lastOwner }), tone: 'bad' }),
    onSettled: refresh,
  })
  const shownRole = (member: Member) =>
    setRole.isPending && setRole.variables.member.account_id === member.account_id
      ? setRole.variables.role
      : member.role
  const people = members.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ account_id }) => !removal.isGone(account_id))
  return (
    <SettingsPage title={t.members()} text={t.membersText()} action={manages && <Invite />}>
      {members.isError ? (
        <LoadError error={members.error} retry={members.refetch} />
      ) : (
        <SettingsGroup>
          <div className="filter">
            <Input
              look="quiet"
              icon={Search}
              type="search"
              aria-label={t.filterMembers()}
              placeholder={t.filterMembers()}
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </div>
          {!people && <LoadingRows />}
          {people?.length === 0 && <EmptyState title={t.noMember()}>{t.noMemberText()}</EmptyState>}
          {people?.map((member) => (
            <MemberRow
              key={member.account_id}
              member={member}
              role={shownRole(member)}
              onRole={(role) => setRole.mutate({ member, role })}
              onLink={() => setLinkFor(member)}
              onRemove={() => removal.take(member.account_id, t.memberRemoved({ name: member.display_name }))}
            />
          ))}
          {members.hasNextPage && (
            <Button
              className="more"
              busy={members.isFetchingNextPage}
              onClick={() => void members.fetchNextPage()}
            >
              {t.loadMore()}
            </Button>
          )}
        </SettingsGroup>
      )}
      {linkFor && <SignInLinkDialog member={linkFor} onClose={() => setLinkFor(undefined)} />}
    </SettingsPage>
  )
}

const Invite = () => (
  <Button icon={UserPlus} asChild>
    <Link to="/settings/invitations">{t.newInvitation()}</Link>
  </Button>
)
