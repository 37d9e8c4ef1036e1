import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'

export const notesRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/notes',
    component: lazyRouteComponent(() => import('./notes-screen.tsx'), 'NotesScreen'),
  }),
] as const
