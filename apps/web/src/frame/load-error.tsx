import { Banner, Button, ErrorRow } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { problemText } from './problem-text.ts'

/** A query that failed, in the place of its content: `<LoadError error={query.error} retry={query.refetch} />`. */
export function LoadError({ error, retry }: { error: unknown; retry: () => unknown }) {
  return (
    <ErrorRow
      title={t.loadFailed()}
      action={
        <Button size="sm" onClick={() => void retry()}>
          {t.retry()}
        </Button>
      }
    >
      {problemText(error)}
    </ErrorRow>
  )
}

/** The same in one line, above content that is still shown. */
export function ErrorNote({ error, retry }: { error: unknown; retry: () => unknown }) {
  return (
    <Banner
      tone="bad"
      action={
        <Button size="sm" onClick={() => void retry()}>
          {t.retry()}
        </Button>
      }
    >
      {problemText(error)}
    </Banner>
  )
}
