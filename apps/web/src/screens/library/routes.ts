import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

export const libraryRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/library',
    component: lazyRouteComponent(() => import('./library-screen.tsx'), 'LibraryScreen'),
  }),
] as const
