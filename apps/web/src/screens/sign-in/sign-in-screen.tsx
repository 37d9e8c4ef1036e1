import { EmptyState } from '@stoa/ui'

export function SignInScreen() {
  return <EmptyState title="Stoa" />
}
