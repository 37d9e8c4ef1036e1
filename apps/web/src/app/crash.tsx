import { Button, EmptyState } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { Link } from '@tanstack/react-router'

/** A screen that threw: what is kept, one act, details on request. */
export function Crash({ error, reset }: { error: unknown; reset: () => void }) {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    <div className="alone" role="alert">
      <EmptyState
        title={t.crashTitle()}
        action={
          <Button variant="primary" onClick={reset}>
            {t.reload()}
          </Button>
        }
      >
        {t.crashText()}
      </EmptyState>
      <details className="crash">
        <summary>{t.crashDetails()}</summary>
        <pre className="mono">{details}</pre>
      </details>
    </div>
  )
}

export function NotFound() {
  return (
    <div className="alone">
      <EmptyState
        title={t.notFoundTitle()}
        action={
          <Button asChild>
            <Link to="/library">{t.toLibrary()}</Link>
          </Button>
        }
      >
        {t.notFoundText()}
      </EmptyState>
    </div>
  )
}
