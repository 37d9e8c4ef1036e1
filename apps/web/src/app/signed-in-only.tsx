import { Portico } from '@stoa/ui'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useSession } from '../data/use-session.ts'

/** Lets the signed-in through; sends others to sign in and back here afterwards. */
export function SignedInOnly() {
  const session = useSession()
  const { href } = useLocation()
  if (session.status === 'signed-in') return <Outlet />
  if (session.status === 'starting') {
    return (
      <div className="alone splash" aria-hidden="true">
        <Portico width={56} />
      </div>
    )
  }
  return <Navigate to="/sign-in" search={{ return_to: href === '/library' ? undefined : href }} replace />
}
