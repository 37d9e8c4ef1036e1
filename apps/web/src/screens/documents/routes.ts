/**
 * `/documents`: what was edited last; `?view=starred|mine|mentions|trash`, `?workspace=<id>`, `?q=<words>`.
 * `/documents/$documentId` opens a document:
 * - `?panel=comments|versions|collisions` with what stands beside it,
 * - `?thread=<id>` at a thread of comments,
 * - `?version=<id>` with what a version said.
 */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../app/root-routes.tsx'
import { readDocumentAddress, readDocumentsAddress } from './address.ts'

export const documentsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/documents',
    validateSearch: readDocumentsAddress,
    component: lazyRouteComponent(() => import('./documents-screen.tsx'), 'DocumentsScreen'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/documents/$documentId',
    validateSearch: readDocumentAddress,
    component: lazyRouteComponent(() => import('./document-screen.tsx'), 'DocumentScreen'),
  }),
] as const
