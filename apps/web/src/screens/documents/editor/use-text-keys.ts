import { documents as t } from '@stoa/ui/messages/documents'
import { type Editor, Extension } from '@tiptap/core'
import { type Action, useActions } from '../../../keyboard/actions.ts'
import { ALL_KINDS, type BlockHelp } from './blocks.ts'
import { MARKS } from './format-bar.tsx'
import { TABLE_KEYS } from './table-tools.tsx'

/** Keys of tables and of commenting; all others come with what they act on. */
export const TextKeys = Extension.create<{ readonly onComment: () => void }>({
  name: 'textKeys',
  addOptions: () => ({ onComment: () => {} }),
  addKeyboardShortcuts() {
    const tables = TABLE_KEYS.map(
      ({ command, native }) =>
        [native, () => this.editor.can()[command]() && this.editor.commands[command]()] as const,
    )
    const comment = () => {
      this.options.onComment()
      return true
    }
    return { ...Object.fromEntries(tables), 'Mod-Alt-m': comment }
  },
})

/** The keys of the text on the sheet of keys. The editor itself answers to them. */
export function useTextKeys(
  editor: Editor | null,
  help: BlockHelp,
  onComment: (() => void) | undefined,
): void {
  useActions(editor?.isEditable ? keysOf(editor, help, onComment) : [])
}

function keysOf(editor: Editor, help: BlockHelp, onComment: (() => void) | undefined): Action[] {
  const key = (id: string, label: string, shortcut: string, run: () => void): Action => ({
    ...{ id: `documents.${id}`, group: 'act', keysOnly: true, label, shortcut, run },
  })
  const chain = () => editor.chain().focus()
  return [
    ...MARKS.map(({ name, label, shortcut }) =>
      key(name, label(), shortcut, () => chain().toggleMark(name).run()),
    ),
    ...ALL_KINDS.flatMap(({ id, label, run, shortcut }) =>
      shortcut ? [key(id, label(), shortcut, () => run(editor, help))] : [],
    ),
    ...TABLE_KEYS.map(({ command, shortcut, label }) =>
      key(command, label(), shortcut, () => chain()[command]().run()),
    ),
    ...(onComment ? [key('comment', t.comment(), 'mod+alt+m', onComment)] : []),
    key('undo', t.undo(), 'mod+z', () => chain().undo().run()),
    key('redo', t.redo(), 'mod+shift+z', () => chain().redo().run()),
  ]
}
