import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

export const statisticsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/statistics',
    validateSearch: (raw: Record<string, unknown>): { range?: 'year' } =>
      raw.range === 'year' ? { range: 'year' } : {},
    component: lazyRouteComponent(() => import('./statistics-screen.tsx'), 'StatisticsScreen'),
  }),
] as const
