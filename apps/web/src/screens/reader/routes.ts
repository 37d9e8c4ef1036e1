import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../app/root-routes.tsx'

export const readerRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/books/$bookId',
    component: lazyRouteComponent(() => import('./reader-screen.tsx'), 'ReaderScreen'),
  }),
] as const
