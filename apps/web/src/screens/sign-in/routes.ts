import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-routes.tsx'

export interface SignInSearch {
  /** Path in the app to open afterwards. */
  return_to?: string
  /** Code of a sign-in through a provider that failed. */
  error?: string
}

/** Only paths of this app: another site's address would make sign-in a trap. */
const ownPath = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])/.test(path)

export function validateSignInSearch(search: Record<string, unknown>): SignInSearch {
  return {
    ...(ownPath(search.return_to) && { return_to: search.return_to }),
    ...(typeof search.error === 'string' && { error: search.error }),
  }
}

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch: validateSignInSearch,
    component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
  }),
] as const
