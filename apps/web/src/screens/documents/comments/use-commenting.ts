import type { Editor } from '@tiptap/core'
import { useEffect, useMemo, useState } from 'react'
import type { CommentThread, DocumentInfo } from '../../../data/documents.ts'
import type { Person } from '../../../data/rooms.ts'
import { useIdentity } from '../../../data/use-session.ts'
import { readCaret } from '../editor/read-caret.ts'
import { anchoredRanges, setAnchored } from './anchor-marks.ts'
import { type Anchor, anchorOf } from './anchors.ts'
import { useThreads } from './use-threads.ts'

interface Drafting {
  readonly anchor: Anchor | undefined
  /** In the editor's positions. */
  readonly from: number
}

export interface CommentingOptions {
  readonly info: DocumentInfo
  readonly editor: Editor | null
  readonly people: ReadonlyMap<string, Person>
  readonly showResolved: boolean
  /** A thread that the address names. */
  readonly threadId: string | undefined
}

/** Comments of the document on screen: which are shown, which is looked at, and the one that is being written. */
export function useCommenting({ info, editor, people, showResolved, threadId }: CommentingOptions) {
  const { account } = useIdentity()
  const acts = useThreads(info.id)
  const [active, setActive] = useState(threadId)
  const [drafting, setDrafting] = useState<Drafting>()
  const { threads } = acts
  const shown = useMemo(
    () => threads.filter(({ id, resolved_at }) => showResolved || resolved_at === null || id === threadId),
    [threads, showResolved, threadId],
  )
  useEffect(() => {
    if (!editor) return
    const anchored = shown.flatMap(({ id, anchor }) => (anchor ? [{ id, anchor }] : []))
    const pending = drafting?.anchor ? [{ id: 'new', anchor: drafting.anchor }] : []
    const marked = drafting ? 'new' : active
    if (editor.isInitialized) readCaret(editor.view)
    editor.view.dispatch(setAnchored(editor.state, { anchored: [...anchored, ...pending], active: marked }))
  }, [editor, shown, active, drafting])
  const others = useMemo(
    () => [...people.values()].filter(({ account_id }) => account_id !== account.id),
    [people, account.id],
  )
  const pick = (id: string, follow = true) => {
    setActive(id)
    const range = editor && anchoredRanges(editor.state).get(id)
    if (range && follow) scrollTo(editor, range.from)
  }
  const begin = () => {
    if (!editor || !info.can.comment) return
    const { from, to, empty } = editor.state.selection
    const anchor = empty ? undefined : anchorOf(editor.state, { from, to })
    setDrafting({ anchor, from })
  }
  return {
    acts,
    shown,
    active,
    drafting,
    people: others,
    begin: info.can.comment ? begin : undefined,
    pick,
    leave: () => setActive(undefined),
    cancel: () => setDrafting(undefined),
    send: async (body: string) => setActive((await acts.begin(drafting?.anchor, body)).id),
    card: (thread: CommentThread) => ({
      ...{ thread, acts, people: others, accountId: account.id, mayWrite: info.can.comment },
      onPick: () => pick(thread.id, thread.id !== active),
    }),
  }
}

export type Commenting = ReturnType<typeof useCommenting>

/** Only when it is not seen already. */
function scrollTo(editor: Editor, at: number): void {
  const { node } = editor.view.domAtPos(at)
  const element = node instanceof Element ? node : node.parentElement
  element?.scrollIntoView({ block: 'nearest' })
}
