import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

export const statisticsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/statistics',
    component: lazyRouteComponent(() => import('./statistics-screen.tsx'), 'StatisticsScreen'),
  }),
] as const
