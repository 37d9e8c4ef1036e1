import { Button, toast } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { useMutation } from '@tanstack/react-query'
import { refreshCluster, retryFetch } from '../../data/cluster.ts'
import { problemText } from '../../frame/problem-text.ts'
import { reasonText } from '../boards/post/reason-text.ts'

/** Asks the other nodes again, and says what came of it. */
export function FetchRetry({ cid, subject }: { cid: string; subject: string }) {
  const retry = useMutation({
    mutationFn: () => retryFetch(cid),
    onSuccess: ({ state, reason }) => {
      if (state === 'unavailable') toast({ text: reasonText(reason), tone: 'bad' })
      else toast(state === 'present' ? t.nowHere() : t.stillAsking())
    },
    onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
    onSettled: refreshCluster,
  })
  return (
    <Button
      size="sm"
      busy={retry.isPending}
      aria-label={t.againOf({ what: subject })}
      onClick={() => retry.mutate()}
    >
      {t.again()}
    </Button>
  )
}
