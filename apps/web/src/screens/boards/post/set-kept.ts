import { toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { client } from '../../../data/api.ts'
import { type PostDetail, postQuery, refreshBoards } from '../../../data/boards.ts'
import { queryClient } from '../../../data/query-client.ts'
import { boardProblem } from '../moderate.ts'

/** Keeps a post on the node with all that belongs to it, or lets go of it again; shows the post as it is then. */
export async function setKept({ board_id, id }: PostDetail, kept: boolean): Promise<void> {
  try {
    const path = { board_id, post_id: id }
    const now = await client.call(kept ? 'keepPost' : 'releasePost', { path })
    queryClient.setQueryData(postQuery(board_id, id).queryKey, now)
    if (kept) toast({ text: `${t.kept()}. ${t.keptText()}` })
    await refreshBoards(board_id)
  } catch (error) {
    toast({ text: boardProblem(error), tone: 'bad' })
  }
}
