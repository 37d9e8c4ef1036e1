import { EmptyState } from '@stoa/ui'

export function SetupScreen() {
  return <EmptyState title="Stoa" />
}
