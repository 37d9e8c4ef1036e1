import { createRouter } from '@tanstack/react-router'
import { boardsRoutes } from '../screens/boards/routes.ts'
import { clusterRoutes } from '../screens/cluster/routes.ts'
import { documentsRoutes } from '../screens/documents/routes.ts'
import { joinRoutes } from '../screens/join/routes.ts'
import { libraryRoutes } from '../screens/library/routes.ts'
import { notesRoutes } from '../screens/notes/routes.ts'
import { readerRoutes } from '../screens/reader/routes.ts'
import { roomsRoutes } from '../screens/rooms/routes.ts'
import { searchRoutes } from '../screens/search/routes.ts'
import { settingsRoutes } from '../screens/settings/routes.ts'
import { setupRoutes } from '../screens/setup/routes.ts'
import { signInRoutes } from '../screens/sign-in/routes.ts'
import { statisticsRoutes } from '../screens/statistics/routes.ts'
import { frameRoute, indexRoute, rootRoute, signedInRoute } from './root-routes.tsx'

const routeTree = rootRoute.addChildren([
  indexRoute,
  ...setupRoutes,
  ...signInRoutes,
  ...joinRoutes,
  signedInRoute.addChildren([
    ...readerRoutes,
    frameRoute.addChildren([
      ...libraryRoutes,
      ...roomsRoutes,
      ...documentsRoutes,
      ...boardsRoutes,
      ...notesRoutes,
      ...searchRoutes,
      ...statisticsRoutes,
      ...settingsRoutes,
      ...clusterRoutes,
    ]),
  ]),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
