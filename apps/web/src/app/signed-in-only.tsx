import { Portico } from '@stoa/ui'
import { Outlet, useRouter } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSession } from '../data/use-session.ts'
import { GoTo } from './go-to.tsx'

const NoPlace = lazy(() => import('./no-place.tsx'))
const NoPlaceLater = () => (
  <Suspense>
    <NoPlace />
  </Suspense>
)

/** Lets the signed-in through; sends others to sign in and back here afterwards. */
export function SignedInOnly() {
  const session = useSession()
  const router = useRouter()
  if (session.status === 'signed-in') return session.identity.tenant ? <Outlet /> : <NoPlaceLater />
  if (session.status === 'signed-out') {
    const { href } = router.state.location
    return <GoTo to="/sign-in" search={href === '/library' ? {} : { return_to: href }} />
  }
  return (
    <div className="alone splash" aria-hidden="true">
      <Portico width={56} />
    </div>
  )
}
