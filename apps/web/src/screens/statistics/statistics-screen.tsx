import { EmptyState } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'

export function StatisticsScreen() {
  return (
    <Page>
      <TopBar title={t.reading()} flush />
      <EmptyState title={t.reading()} />
    </Page>
  )
}
