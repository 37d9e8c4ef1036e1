import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { readSearch } from './view.ts'

export const libraryRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/library',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./library-screen.tsx'), 'LibraryScreen'),
  }),
] as const
