import { uuidv7 } from '@stoa/kernel'
import { toast } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useMemo } from 'react'
import type { LocalHighlight, LocalNote } from '../../../offline/types.ts'
import type { HighlightColor, SelectionDetail } from '../../../reader/engine/index.ts'
import { toWire } from '../place/wire-locator.ts'
import { type Reader, useReader } from '../reader-store.ts'
import { quotationOf } from './quotation.ts'

const LAST_INK = 'stoa.reader.ink'
/** Longest text the contract keeps of a chapter's name. */
const CHAPTER = 300

export interface MarkActs {
  /** Marks the selection in an ink, by default the last one used. Gives the highlight's id. */
  highlight(selection: SelectionDetail, color?: HighlightColor): Promise<string>
  /** The same, and opens its note. */
  annotate(selection: SelectionDetail): Promise<void>
  notePage(body: string): Promise<void>
  copy(selection: SelectionDetail): Promise<void>
  quote(selection: SelectionDetail): Promise<void>
  removeHighlight(row: LocalHighlight): Promise<void>
  removeNote(row: LocalNote): Promise<void>
}

export function lastInk(): HighlightColor {
  const kept = localStorage.getItem(LAST_INK)
  const inks: readonly HighlightColor[] = ['amber', 'rose', 'sage', 'sky', 'violet']
  return inks.find((ink) => ink === kept) ?? 'amber'
}

/** What one can do with a passage. Every act is kept on this device before it shows. */
export function useMarkActs(): MarkActs {
  const reader = useReader()
  return useMemo(() => markActs(reader), [reader])
}

function markActs(reader: Reader): MarkActs {
  const { view, store, place } = reader
  const letGo = () => {
    view.clearSelection()
    store.setState({ selection: null })
  }
  const copyText = async (text: string, said: string) => {
    try {
      await navigator.clipboard.writeText(text)
      toast(said)
      letGo()
    } catch {
      toast({ text: t.copyFailed(), tone: 'bad' })
    }
  }
  const acts: MarkActs = {
    async highlight(selection, color = lastInk()) {
      localStorage.setItem(LAST_INK, color)
      const id = uuidv7()
      // At once: whoever selects the next words while these are being kept must not lose them.
      letGo()
      try {
        await create(reader, selection, { id, color })
      } catch (error) {
        toast({ text: t.notKept(), tone: 'bad' })
        throw error
      }
      return id
    },
    async annotate(selection) {
      const id = await acts.highlight(selection)
      store.setState({ marked: { id, rect: selection.rect, writing: true } })
    },
    notePage: (body) => createPageNote(reader, body),
    copy: (selection) => copyText(selection.text, t.copied()),
    quote: (selection) => copyText(quotation(reader, selection), t.quoted()),
    async removeHighlight({ id }) {
      store.setState({ marked: undefined })
      await place.annotations.removeHighlight(id)
      toast({ text: t.highlightRemoved(), undo: () => place.annotations.restoreHighlight(id) })
    },
    async removeNote({ id }) {
      await place.annotations.removeNote(id)
      toast({ text: t.noteRemoved(), undo: () => place.annotations.restoreNote(id) })
    },
  }
  return acts
}

async function create(
  { view, place, book }: Reader,
  { locator, quote }: SelectionDetail,
  made: { readonly id: string; readonly color: HighlightColor },
): Promise<void> {
  const chapter = view.location?.tocItem?.label.trim().slice(0, CHAPTER)
  const created_at = new Date().toISOString()
  const fraction = locator.fraction ?? view.location?.locator.fraction
  const wire = toWire({ ...locator, ...(fraction !== undefined && { fraction }) })
  await place.annotations.createHighlight(
    { ...made, book_id: book.id, locator: wire, quote, created_at, ...(chapter && { chapter }) },
    { title: book.title, workspaceId: book.workspace_id },
  )
}

async function createPageNote({ view, place, book }: Reader, body: string): Promise<void> {
  const { location } = view
  await place.annotations.createNote(
    {
      id: uuidv7(),
      book_id: book.id,
      body,
      created_at: new Date().toISOString(),
      ...(location && { locator: toWire(location.locator) }),
    },
    { title: book.title, workspaceId: book.workspace_id },
  )
}

function quotation({ view, book }: Reader, selection: SelectionDetail): string {
  const chapter = view.location?.tocItem?.label.trim()
  return quotationOf(selection, {
    title: book.title,
    authors: book.authors,
    language: selection.language || book.language || '',
    ...(chapter && { chapter }),
    url: `${location.origin}/books/${book.id}`,
  })
}
