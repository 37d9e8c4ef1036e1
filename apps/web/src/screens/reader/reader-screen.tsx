import { shell as t } from '@stoa/ui/messages/shell'
import { TopBar } from '../../frame/bars.tsx'
import { AppLayer } from '../../frame/frame.tsx'

export function ReaderScreen() {
  return (
    <main className="stage">
      <TopBar title={t.library()} onBack={() => history.back()} />
      <AppLayer />
    </main>
  )
}
