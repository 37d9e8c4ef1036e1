import { EmptyState } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'

export function LibraryScreen() {
  return (
    <Page>
      <TopBar title={t.library()} flush />
      <EmptyState title={t.library()} />
    </Page>
  )
}
