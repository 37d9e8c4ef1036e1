/**
 * `/boards`: the board that was last active.
 * `/boards/$boardId`: what the board is, its posts beside it; `?sort=active`. On a phone its posts; with `?about=true` what it is.
 * `/boards/$boardId/posts/$postId`: a post with its comments; `?comment=<id>` at one of them.
 * `/boards/$boardId/write`: a new post; `?edit=<post>` changes one's own.
 * `/authors/$authorId`: what somebody posted.
 */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { prepareMarkdown } from '../../markdown/markdown.tsx'
import { readBoardAddress, readPostAddress, readWriteAddress } from './address.ts'

export const boardsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/boards',
    component: lazyRouteComponent(() => import('./boards-screen.tsx'), 'BoardsScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/boards/$boardId',
    validateSearch: readBoardAddress,
    component: lazyRouteComponent(() => import('./board-screen.tsx'), 'BoardScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/boards/$boardId/posts/$postId',
    validateSearch: readPostAddress,
    loader: prepareMarkdown,
    component: lazyRouteComponent(() => import('./post-screen.tsx'), 'PostScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/boards/$boardId/write',
    validateSearch: readWriteAddress,
    component: lazyRouteComponent(() => import('./write-screen.tsx'), 'WriteScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/authors/$authorId',
    component: lazyRouteComponent(() => import('./author-screen.tsx'), 'AuthorScreen'),
  }),
] as const
