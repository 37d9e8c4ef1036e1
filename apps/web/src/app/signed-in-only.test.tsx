import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { session } from '../data/browser-session.ts'
import { sessionReply } from '../testing/mock/account.ts'
import { SignedInOnly } from './signed-in-only.tsx'

afterEach(() => vi.restoreAllMocks())

function open(path: string) {
  const root = createRootRoute()
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: SignedInOnly })
  const devices = createRoute({
    getParentRoute: () => inside,
    path: '/settings/devices',
    component: () => 'Devices',
  })
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: () => 'Sign in here',
  })
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = createRouter({
    routeTree: root.addChildren([inside.addChildren([devices]), signIn]),
    history,
  })
  const navigate = vi.spyOn(router, 'navigate')
  render(<RouterProvider router={router} />)
  return { router, navigate }
}

it('leads the signed-out to sign in, once, and remembers where they wanted to go', async () => {
  vi.spyOn(session, 'current').mockReturnValue({ status: 'signed-out', ended: false })
  const { router, navigate } = open('/settings/devices?tab=all')
  await screen.findByText('Sign in here')
  expect(router.state.location.href).toBe(
    `/sign-in?return_to=${encodeURIComponent('/settings/devices?tab=all')}`,
  )
  expect(navigate).toHaveBeenCalledOnce()
})

it('lets the signed-in through', async () => {
  const { session_id: sessionId, account, tenant, tenants } = sessionReply()
  const state = { status: 'signed-in' as const, identity: { sessionId, account, tenant, tenants } }
  vi.spyOn(session, 'current').mockReturnValue(state)
  const { router } = open('/settings/devices')
  await waitFor(() => expect(document.body.textContent).toContain('Devices'))
  expect(router.state.location.pathname).toBe('/settings/devices')
})
