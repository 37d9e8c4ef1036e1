/**
 * `/rooms`: what is new everywhere; `?view=mentions` where one was mentioned.
 * `/rooms/$roomId` opens a room at its first unread message, or at a place that is named:
 * - `?message=<id>` at a message, which flashes,
 * - `?thread=<id>` with the thread of this message beside it,
 * - `?panel=people` or `search`,
 * - `?document=<id>` with a document beside it.
 */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { prepareMarkdown } from '../../markdown/markdown.tsx'
import { readRoomAddress, readRoomsAddress } from './address.ts'

export const roomsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/rooms',
    validateSearch: readRoomsAddress,
    loader: prepareMarkdown,
    component: lazyRouteComponent(() => import('./rooms-screen.tsx'), 'RoomsScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/rooms/$roomId',
    validateSearch: readRoomAddress,
    loader: prepareMarkdown,
    component: lazyRouteComponent(() => import('./room-screen.tsx'), 'RoomScreen'),
  }),
] as const
