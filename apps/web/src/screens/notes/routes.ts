import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { readNotesAddress } from './address.ts'

export const notesRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/notes',
    validateSearch: readNotesAddress,
    component: lazyRouteComponent(() => import('./notes-screen.tsx'), 'NotesScreen'),
  }),
] as const
