import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

export const clusterRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/cluster',
    component: lazyRouteComponent(() => import('./cluster-screen.tsx')),
  }),
] as const
