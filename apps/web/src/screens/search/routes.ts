import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { readAddress } from './address.ts'

export const searchRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/search',
    validateSearch: readAddress,
    component: lazyRouteComponent(() => import('./search-screen.tsx'), 'SearchScreen'),
  }),
] as const
