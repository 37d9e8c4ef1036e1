import { uuidv7 } from '@stoa/kernel'
import { toast } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { useQuery } from '@tanstack/react-query'
import { workspacesQuery } from '../../data/workspaces.ts'
import type { HighlightFields, NoteFields } from '../../offline/types.ts'
import { usePlace } from '../../offline/use-place.ts'
import type { Mark } from './marks.ts'

/** What can be changed of a mark, whichever it is. */
export interface MarkChange {
  readonly ink?: HighlightFields['color']
  readonly title?: string | null
  /** The note at a highlight, or the text of a note. */
  readonly text?: string | null
  readonly tags?: string[]
  readonly visibility?: NoteFields['visibility']
}

/** What one can do with marks. Everything is kept on this device first and sent behind. */
export function useMarkActs() {
  const { annotations } = usePlace()
  const workspaces = useQuery(workspacesQuery).data?.items ?? []
  return {
    async change({ kind, row }: Mark, { ink, title, text, ...both }: MarkChange): Promise<void> {
      if (kind === 'highlight') {
        const own = { ...(ink !== undefined && { color: ink }), ...(text !== undefined && { note: text }) }
        await annotations.changeHighlight(row.id, { ...both, ...own })
        return
      }
      const own = { ...(title !== undefined && { title }), ...(text && { body: text }) }
      await annotations.changeNote(row.id, { ...both, ...own })
    },
    async remove({ kind, row: { id } }: Mark): Promise<void> {
      if (kind === 'highlight') {
        await annotations.removeHighlight(id)
        toast({ text: t.removedHighlight(), undo: () => annotations.restoreHighlight(id) })
      } else {
        await annotations.removeNote(id)
        toast({ text: t.removedNote(), undo: () => annotations.restoreNote(id) })
      }
    },
    /** A note without a book. The server puts it into the caller's first workspace and says so with its answer. */
    async write(body: string, tags: string[]): Promise<void> {
      const made = { id: uuidv7(), body, tags, created_at: new Date().toISOString() }
      await annotations.createNote(made, { title: null, workspaceId: workspaces[0]?.id ?? '' })
    },
  }
}

export type MarkActs = ReturnType<typeof useMarkActs>
