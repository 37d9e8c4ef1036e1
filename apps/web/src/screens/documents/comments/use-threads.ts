import { uuidv7 } from '@stoa/kernel'
import { toast } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { useQuery } from '@tanstack/react-query'
import { client } from '../../../data/api.ts'
import { type CommentThread, type DocumentComment, threadsQuery } from '../../../data/documents.ts'
import { queryClient } from '../../../data/query-client.ts'
import { problemText } from '../../../frame/problem-text.ts'
import type { Anchor } from './anchors.ts'

/** The threads of a document, and what one can do with them. */
export function useThreads(documentId: string) {
  const threads = useQuery(threadsQuery(documentId))
  const path = { document_id: documentId }
  const { queryKey } = threadsQuery(documentId)
  const refresh = () => queryClient.invalidateQueries({ queryKey })
  const show = (changed: CommentThread) =>
    queryClient.setQueryData(queryKey, (all) => all?.map((one) => (one.id === changed.id ? changed : one)))
  const setResolved = async ({ id, version }: CommentThread, resolved: boolean) => {
    try {
      const body = { version, resolved }
      const changed = await client.call('updateCommentThread', { path: { ...path, thread_id: id }, body })
      show(changed)
      if (resolved) toast({ text: t.resolvedDone(), undo: () => setResolved(changed, false) })
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
    await refresh()
  }
  return {
    query: threads,
    threads: threads.data ?? [],
    begin: async (anchor: Anchor | undefined, body: string): Promise<CommentThread> => {
      const made = { id: uuidv7(), body, ...(anchor && { anchor }) }
      const thread = await client.call('createCommentThread', { path, body: made })
      queryClient.setQueryData(queryKey, (all) => [...(all ?? []), thread])
      void refresh()
      return thread
    },
    reply: async (threadId: string, body: string) => {
      await client.call('createThreadComment', {
        path: { ...path, thread_id: threadId },
        body: { id: uuidv7(), body },
      })
      await refresh()
    },
    edit: async ({ id, version }: DocumentComment, body: string) => {
      await client.call('updateThreadComment', { path: { ...path, comment_id: id }, body: { version, body } })
      await refresh()
    },
    remove: async ({ id }: DocumentComment) => {
      try {
        await client.call('deleteThreadComment', { path: { ...path, comment_id: id } })
      } catch (error) {
        toast({ text: problemText(error), tone: 'bad' })
      }
      await refresh()
    },
    setResolved,
  }
}

export type Threads = ReturnType<typeof useThreads>
