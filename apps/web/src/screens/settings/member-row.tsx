import type { components } from '@stoa/contracts'
import { Avatar, Badge, entries, IconButton, Menu, Select } from '@stoa/ui'
import { formatDay } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { Ellipsis, LogIn, UserMinus } from 'lucide-react'
import type { Role } from '../../data/session.ts'
import { useIdentity, useRole } from '../../data/use-session.ts'
import { mayChange, roleName, roleOptions, rolesGivenBy } from './roles.ts'

export interface MemberRowProps {
  member: components['schemas']['Member']
  role: Role
  onRole: (role: Role) => void
  onLink: () => void
  onRemove: () => void
}

/** One person: name, address, role, and what one may do about them. */
export function MemberRow({ member, role, onRole, onLink, onRemove }: MemberRowProps) {
  const own = useRole()
  const self = useIdentity().account.id === member.account_id
  const changes = mayChange(own, member.role) && !self
  const name = member.display_name
  const acts = entries(
    (own === 'owner' || self) && { label: t.signInLink(), icon: LogIn, onSelect: onLink },
    changes && { label: t.removeMember(), icon: UserMinus, tone: 'bad', onSelect: onRemove },
  )
  return (
    <div className="who member">
      <Avatar name={name} seed={member.account_id} size="l" />
      <div>
        <div className="name">
          <b className="clip">{name}</b>
          {self && <Badge>{t.you()}</Badge>}
        </div>
        <span className="hint dots">
          {member.email && <span className="clip">{member.email}</span>}
          <span className="no-m">{t.joined({ day: formatDay(Date.parse(member.joined_at)) })}</span>
          <span className="num no-m">{t.inWorkspaces({ count: member.workspace_ids.length })}</span>
        </span>
      </div>
      <div className="row">
        {changes ? (
          <Select
            look="quiet"
            label={t.role({ name })}
            value={role}
            onChange={onRole}
            options={roleOptions(rolesGivenBy(own))}
          />
        ) : (
          <span className="fixed-role">{roleName(role)}</span>
        )}
        {acts.length > 0 && (
          <Menu trigger={<IconButton icon={Ellipsis} label={t.more({ name })} />} items={acts} />
        )}
      </div>
    </div>
  )
}
