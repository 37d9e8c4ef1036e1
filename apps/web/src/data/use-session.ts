import { useSyncExternalStore } from 'react'
import { session } from './browser-session.ts'
import type { Identity, Role, SessionState } from './session.ts'

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.current)

/** Who is signed in. Only below the signed-in frame. */
export function useIdentity(): Identity {
  const state = useSession()
  if (state.status !== 'signed-in')
    throw new Error('useIdentity is only for screens inside the signed-in frame.')
  return state.identity
}

/** The caller's role in this organisation; `guest` where there is none, which may do least. */
export const useRole = (): Role => useIdentity().tenant?.role ?? 'guest'

/** Owners and admins run the organisation. */
export function useManages(): boolean {
  const role = useRole()
  return role === 'owner' || role === 'admin'
}
