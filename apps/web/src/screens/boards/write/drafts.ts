import { useState } from 'react'
import type { BoardDetail, BoardImage, NewBoardCitation, PostDetail } from '../../../data/boards.ts'
import { usePlaceKey } from '../../../offline/place-key.ts'
import { keptCitations } from './kept-citations.ts'

/** A picture that will go with a post: `id` is what the post names it by. */
export interface DraftImage {
  readonly id: string
  readonly image: BoardImage
}
/** A passage, with the title its card shows until it is posted. */
export interface DraftPassage {
  readonly citation: NewBoardCitation
  readonly title: string
  readonly authors: readonly string[]
}

/** A post as it is being written. */
export interface PostDraft {
  readonly title: string
  readonly text: string
  readonly images: readonly DraftImage[]
  readonly passages: readonly DraftPassage[]
}

const EMPTY: PostDraft = { title: '', text: '', images: [], passages: [] }

/** What one's own post says now. */
export function draftOf(post: PostDetail): PostDraft {
  const titles = new Map(post.body.citations.map((cited) => [cited.quote.exact, cited]))
  return {
    title: post.title,
    text: post.body.text ?? '',
    images: post.images.map((image) => ({ id: image.image_cid, image })),
    passages: keptCitations(post.body.citations).map((citation) => {
      const cited = titles.get(citation.quote.exact)
      return { citation, title: cited?.book_title ?? '', authors: cited?.book_authors ?? [] }
    }),
  }
}

export function readDraft(kept: string | null): PostDraft | undefined {
  try {
    const draft: unknown = JSON.parse(kept ?? 'null')
    return typeof draft === 'object' && draft !== null ? { ...EMPTY, ...draft } : undefined
  } catch {
    return undefined
  }
}

/** What is being written, kept on this device with every stroke until it is posted or thrown away. */
export function usePostDraft(board: BoardDetail, post: PostDetail | undefined) {
  const name = `stoa.post.${usePlaceKey()}.${board.id}.${post?.id ?? ''}`
  const [start] = useState(() => (post ? draftOf(post) : EMPTY))
  const [draft, setDraft] = useState(() => readDraft(localStorage.getItem(name)) ?? start)
  const change = (next: (draft: PostDraft) => Partial<PostDraft>) =>
    setDraft((held) => {
      const changed = { ...held, ...next(held) }
      localStorage.setItem(name, JSON.stringify(changed))
      return changed
    })
  const clear = () => {
    localStorage.removeItem(name)
    setDraft(start)
  }
  return { draft, change, clear, touched: draft !== start }
}
