import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

const section = <Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => frameRoute, path, component: lazyRouteComponent(load) })

export const settingsRoutes = [
  section('/settings', () => import('./index-screen.tsx')),
  section('/settings/profile', () => import('./profile-screen.tsx')),
  section('/settings/appearance', () => import('./appearance-screen.tsx')),
  section('/settings/reading', () => import('./reading-screen.tsx')),
  section('/settings/devices', () => import('./devices-screen.tsx')),
  section('/settings/organisation', () => import('./organisation-screen.tsx')),
  section('/settings/workspaces', () => import('./workspaces-screen.tsx')),
  section('/settings/members', () => import('./members-screen.tsx')),
  section('/settings/invitations', () => import('./invitations-screen.tsx')),
] as const
