import { cluster } from '@stoa/ui/messages/cluster'
import { settings as t } from '@stoa/ui/messages/settings'
import {
  BookOpen,
  Building2,
  Layers,
  Link2,
  type LucideIcon,
  MonitorSmartphone,
  Network,
  Palette,
  User,
  Users,
} from 'lucide-react'
import type { Role } from '../../data/session.ts'

export type SectionPath =
  | '/settings/profile'
  | '/settings/appearance'
  | '/settings/reading'
  | '/settings/devices'
  | '/settings/organisation'
  | '/settings/workspaces'
  | '/settings/members'
  | '/settings/invitations'
  | '/settings/cluster'

export interface Section {
  to: SectionPath
  label: () => string
  icon: LucideIcon
  /** Who may see it; everybody when left out. As in the contract. */
  roles?: readonly Role[]
}

export const YOU: readonly Section[] = [
  { to: '/settings/profile', label: t.profile, icon: User },
  { to: '/settings/appearance', label: t.appearance, icon: Palette },
  { to: '/settings/reading', label: t.reading, icon: BookOpen },
  { to: '/settings/devices', label: t.devices, icon: MonitorSmartphone },
]

export const PLACE: readonly Section[] = [
  { to: '/settings/organisation', label: t.organisation, icon: Building2 },
  { to: '/settings/workspaces', label: t.workspaces, icon: Layers },
  { to: '/settings/members', label: t.members, icon: Users, roles: ['owner', 'admin', 'member'] },
  { to: '/settings/invitations', label: t.invitations, icon: Link2, roles: ['owner', 'admin'] },
]

export const MACHINE: readonly Section[] = [
  { to: '/settings/cluster', label: cluster.cluster, icon: Network, roles: ['owner', 'admin'] },
]
