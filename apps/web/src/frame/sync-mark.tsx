import { StatusMark } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import clsx from 'clsx'
import { useSyncSummary } from '../data/sync.ts'

/** The quiet mark: saved · saving · offline, 3 waiting · not saved, retry. `onlyTrouble`: nothing while all is saved. */
export function SyncMark({ onlyTrouble }: { onlyTrouble?: boolean }) {
  const { online, saving, waiting, failed, retry } = useSyncSummary()
  const calm = online && waiting === 0 && failed === 0
  if (onlyTrouble && calm) return null
  return (
    <span role="status" className={clsx('sync', calm && 'calm')}>
      {failed > 0 ? (
        <StatusMark kind="failed">
          {t.notSaved({ count: failed })}
          <button type="button" className="link" onClick={retry}>
            {t.retry()}
          </button>
        </StatusMark>
      ) : !online ? (
        <StatusMark kind="offline">
          {waiting > 0 ? t.offlineWaiting({ count: waiting }) : t.offline()}
        </StatusMark>
      ) : saving > 0 ? (
        <StatusMark kind="working">{t.saving()}</StatusMark>
      ) : waiting > 0 ? (
        <StatusMark kind="waiting">{t.waiting({ count: waiting })}</StatusMark>
      ) : (
        <StatusMark kind="done">{t.saved()}</StatusMark>
      )}
    </span>
  )
}
