import type { CitationAttributes } from '@stoa/document-schema'
import type { Editor } from '@tiptap/core'
import { useEffect } from 'react'
import { createStore } from 'zustand'

/** Passages on their way into documents: kept on this device until the document has been opened and took them. */
const changes = createStore<{ readonly count: number }>(() => ({ count: 0 }))

const keyOf = (place: string, documentId: string) => `stoa.quoted.${place}.${documentId}`

function read(key: string): CitationAttributes[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

/** Puts a passage into a document: at once where it is open, else as soon as it is opened. */
export function quoteInDocument(place: string, documentId: string, passage: CitationAttributes): void {
  const key = keyOf(place, documentId)
  localStorage.setItem(key, JSON.stringify([...read(key), passage]))
  changes.setState(({ count }) => ({ count: count + 1 }))
}

/** Takes the passages that wait for a document into its text, where the caret is. */
export function useQuoted(place: string, documentId: string, editor: Editor | null, ready: boolean): void {
  useEffect(() => {
    if (!editor || !ready) return
    const take = () => {
      const key = keyOf(place, documentId)
      const waiting = read(key)
      if (waiting.length === 0 || !editor.isEditable) return
      localStorage.removeItem(key)
      for (const passage of waiting) insertPassage(editor, passage)
    }
    take()
    return changes.subscribe(take)
  }, [place, documentId, editor, ready])
}

/** After the block the caret is in, with a line to go on writing; at the end where the text was not touched yet. */
export function insertPassage(editor: Editor, passage: CitationAttributes): void {
  const node = { type: 'citation', attrs: { ...passage } }
  const { doc, selection } = editor.state
  const untouched = !editor.isFocused && selection.from <= 1
  const { $to } = selection
  const emptyLine = $to.parent.isTextblock && $to.parent.content.size === 0 && $to.depth === 1
  const at = untouched
    ? doc.content.size
    : $to.depth === 0
      ? $to.pos
      : emptyLine
        ? $to.before(1)
        : $to.after(1)
  editor
    .chain()
    .insertContentAt(at, needsLine(editor, at) ? [node, { type: 'paragraph' }] : node)
    .run()
}

/** Behind the card there must be a line to write in. */
const needsLine = ({ state }: Editor, at: number) => state.doc.resolve(at).nodeAfter === null
