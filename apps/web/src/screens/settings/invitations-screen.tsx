import type { components } from '@stoa/contracts'
import { Button, EmptyState, Icon } from '@stoa/ui'
import { formatMoment, formatRelative } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link2, Mail, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api, ok } from '../../data/api.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LoadingRows } from './loading-rows.tsx'
import { roleName } from './roles.ts'
import { SettingsGroup, SettingsPage } from './settings-page.tsx'
import { useUndoableRemoval } from './use-undoable-removal.ts'

type Invitation = components['schemas']['Invitation']

/** `keepalive`: it may happen while the tab is closing. */
const withdraw = (invitation_id: string) =>
  ok(
    api.DELETE('/api/v1/invitations/{invitation_id}', {
      params: { path: { invitation_id } },
      keepalive: true,
    }),
  )

/** Open invitations, and new ones by link. */
export default function InvitationsScreen() {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const invitations = useQuery({
    queryKey: ['invitations'],
    queryFn: () => ok(api.GET('/api/v1/invitations')),
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['invitations'] })
  const removal = useUndoableRemoval(withdraw, refresh)
  const items = invitations.data?.items.filter(({ id }) => !removal.isGone(id))
  const add = (
    <Button icon={UserPlus} onClick={() => setOpen(true)}>
      {t.newInvitation()}
    </Button>
  )
  return (
    <SettingsPage title={t.invitations()} text={t.invitationsText()} action={items?.length !== 0 && add}>
      {invitations.isError ? (
        <LoadError error={invitations.error} retry={invitations.refetch} />
      ) : items?.length === 0 ? (
        <EmptyState title={t.noInvitation()} icon={Link2} action={add}>
          {t.noInvitationText()}
        </EmptyState>
      ) : (
        <SettingsGroup>
          {!items && <LoadingRows />}
          {items?.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              onWithdraw={() => removal.take(invitation.id, t.withdrawn())}
            />
          ))}
        </SettingsGroup>
      )}
      <InviteDialog open={open} onOpenChange={setOpen} onMade={refresh} />
    </SettingsPage>
  )
}

function InvitationRow({ invitation, onWithdraw }: { invitation: Invitation; onWithdraw: () => void }) {
  const { email, role, uses, max_uses, expires_at, invited_by } = invitation
  const ends = Date.parse(expires_at)
  return (
    <div className="who">
      <span className="glyph">
        <Icon of={email ? Mail : Link2} />
      </span>
      <div>
        <div className="name">
          <b className="clip">{email ? t.inviteFor({ email }) : t.inviteByLink()}</b>
        </div>
        <span className="hint dots">
          <span>{roleName(role)}</span>
          {max_uses > 1 && <span className="num">{t.inviteUsed({ uses, max: max_uses })}</span>}
          <time title={formatMoment(ends)}>
            {t.inviteRunsOut({ when: formatRelative(ends, Date.now()) })}
          </time>
          <span>{t.invitedBy({ name: invited_by.display_name })}</span>
        </span>
      </div>
      <Button variant="ghost" size="sm" onClick={onWithdraw}>
        {t.withdraw()}
      </Button>
    </div>
  )
}
