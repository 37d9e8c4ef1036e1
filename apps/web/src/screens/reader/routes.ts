/**
 * `/books/$bookId` opens a book where one stopped, or at a passage that is named and flashes:
 * - `?cfi=epubcfi(…)` a place or passage in a reflowable book,
 * - `?page=12` a page of a PDF, counted from 1,
 * - `?highlight=<id>` a highlight,
 * - `?q=words` these words, looked for near the place above, or from the beginning.
 */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../app/root-routes.tsx'
import { validateReaderSearch } from './start/search-params.ts'

export const readerRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/books/$bookId',
    validateSearch: validateReaderSearch,
    component: lazyRouteComponent(() => import('./reader-screen.tsx'), 'ReaderScreen'),
  }),
] as const
