import type { Editor } from '@tiptap/react'
import { useCallback, useEffect, useState } from 'react'

/** Leads the caret to the beginning of the text: now, or as soon as the text is there. */
export function useEnteringText(editor: Editor | null, loaded: boolean): () => void {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (!wanted || !editor || !loaded) return
    editor.commands.focus('start')
    setWanted(false)
  }, [wanted, editor, loaded])
  return useCallback(() => setWanted(true), [])
}
