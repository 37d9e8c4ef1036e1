import { EmptyState } from '@stoa/ui'

export function SettingsScreen() {
  return <EmptyState title="Stoa" />
}
