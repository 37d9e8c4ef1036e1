import type { components } from '@stoa/contracts'
import { Avatar, Button, Checkbox, Dialog, Skeleton, toast } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { shell } from '@stoa/ui/messages/shell'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ok } from '../../data/api.ts'
import { membersQuery, workspacesQuery } from '../../data/workspaces.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'

type Member = components['schemas']['Member']
type Workspace = components['schemas']['Workspace']

const put = (workspaceId: string, { account_id }: Member, inside: boolean) =>
  inside
    ? ok(
        api.POST('/api/v1/workspaces/{workspace_id}/members', {
          params: { path: { workspace_id: workspaceId } },
          body: { account_id },
        }),
      )
    : ok(
        api.DELETE('/api/v1/workspaces/{workspace_id}/members/{account_id}', {
          params: { path: { workspace_id: workspaceId, account_id } },
        }),
      )

/** Everybody of the organisation, checked when in the workspace. */
export function WorkspacePeople({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const queries = useQueryClient()
  const members = useInfiniteQuery(membersQuery(''))
  const move = useMutation({
    mutationFn: ({ member, inside }: { member: Member; inside: boolean }) =>
      put(workspace.id, member, inside),
    onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['members'] }),
        queries.invalidateQueries({ queryKey: workspacesQuery.queryKey }),
      ]),
  })
  const isIn = (member: Member) =>
    move.isPending && move.variables.member.account_id === member.account_id
      ? move.variables.inside
      : member.workspace_ids.includes(workspace.id)
  const people = members.data?.pages.flatMap(({ items }) => items)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t.whoIsInTitle({ name: workspace.name })}
      description={t.whoIsInText()}
      actions={
        <Button variant="ink" onClick={onClose}>
          {shell.done()}
        </Button>
      }
    >
      {members.isError && <LoadError error={members.error} retry={members.refetch} />}
      {members.isPending && <Skeleton width="70%" />}
      <div className="checks">
        {people?.map((member) => (
          <Checkbox
            key={member.account_id}
            checked={isIn(member)}
            onChange={(inside) => move.mutate({ member, inside })}
            label={
              <span className="row">
                <Avatar name={member.display_name} seed={member.account_id} size="s" />
                {member.display_name}
              </span>
            }
          />
        ))}
        {members.hasNextPage && (
          <Button size="sm" busy={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
            {t.loadMore()}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
