import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Crash, NotFound } from './crash.tsx'
import { SignedInOnly } from './signed-in-only.tsx'

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Crash error={error} reset={reset} />,
})

/** Parent of every screen that needs an account, with nothing drawn around it: the reader. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedInOnly,
})

/** Parent of the screens inside the frame with rail or bottom bar. */
export const frameRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'frame',
  component: lazyRouteComponent(() => import('../frame/frame.tsx'), 'Frame'),
})

export const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/library', replace: true })
  },
})
