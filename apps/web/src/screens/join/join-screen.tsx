import { EmptyState } from '@stoa/ui'

export function JoinScreen() {
  return <EmptyState title="Stoa" />
}
