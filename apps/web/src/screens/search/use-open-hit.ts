import { useNavigate } from '@tanstack/react-router'
import type { SearchHit } from '../../data/search.ts'
import { targetOf } from './hit-target.ts'

/** Opens what was found: the passage in its book, or the note among the notes. */
export function useOpenHit(): (hit: SearchHit) => void {
  const navigate = useNavigate()
  return (hit) => {
    const target = targetOf(hit)
    if (target.to === 'room')
      void navigate({ to: '/rooms/$roomId', params: { roomId: target.roomId }, search: target.search })
    else if (target.to === 'post')
      void navigate({
        to: '/boards/$boardId/posts/$postId',
        params: { boardId: target.boardId, postId: target.postId },
        search: target.search,
      })
    else if (target.to === 'document')
      void navigate({ to: '/documents/$documentId', params: { documentId: target.documentId } })
    else if (target.to === 'notes') void navigate({ to: '/notes', search: target.search })
    else void navigate({ to: '/books/$bookId', params: { bookId: target.bookId }, search: target.search })
  }
}
