import { Icon, IconButton, Menu, NativeSelect } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { type Editor, useEditorState } from '@tiptap/react'
import {
  Bold,
  ChevronDown,
  Code,
  Italic,
  type LucideIcon,
  Plus,
  Redo2,
  Strikethrough,
  Undo2,
} from 'lucide-react'
import { type BlockHelp, type BlockKind, LIST_KINDS, TEXT_KINDS, THING_KINDS } from './blocks.ts'
import { CODE_LANGUAGES } from './code-languages.ts'
import { LinkButton } from './link-button.tsx'
import { TableTools } from './table-tools.tsx'

interface FormatBarProps {
  readonly editor: Editor
  readonly help: BlockHelp
  /** Beside a book or room there is room for less. */
  readonly small?: boolean
}

interface Mark {
  readonly name: 'bold' | 'italic' | 'strike' | 'code'
  readonly label: () => string
  readonly icon: LucideIcon
  readonly shortcut: string
}

export const MARKS: readonly Mark[] = [
  { name: 'bold', label: t.bold, icon: Bold, shortcut: 'mod+b' },
  { name: 'italic', label: t.italic, icon: Italic, shortcut: 'mod+i' },
  { name: 'strike', label: t.strike, icon: Strikethrough, shortcut: 'mod+shift+s' },
  { name: 'code', label: t.inlineCode, icon: Code, shortcut: 'mod+e' },
]

/** How the words are set, what stands among them, and what fits where the caret is: a table's rows, a code's language. */
export function FormatBar({ editor, help, small }: FormatBarProps) {
  const state = useFormat(editor)
  const kind = TEXT_KINDS.find(({ id }) => id === state.kind)
  const entry = ({ label, icon, shortcut, run }: BlockKind) => ({
    ...{ label: label(), icon, onSelect: () => run(editor, help) },
    ...(shortcut && { shortcut }),
  })
  return (
    <div className="format-bar" role="toolbar" aria-label={t.formatting()}>
      <Menu
        align="start"
        trigger={
          <button type="button" className="kind" title={t.kindOfText()}>
            <span className="clip">{kind?.label()}</span>
            <Icon of={ChevronDown} size="xs" />
          </button>
        }
        items={TEXT_KINDS.map((one) => ({ ...entry(one), checked: one.id === state.kind }))}
      />
      <hr />
      {MARKS.slice(0, small ? 2 : 4).map(({ name, label, icon, shortcut }) => (
        <IconButton
          key={name}
          size="sm"
          icon={icon}
          label={label()}
          shortcut={shortcut}
          on={state.marks.includes(name)}
          onClick={() => editor.chain().focus().toggleMark(name).run()}
        />
      ))}
      <LinkButton editor={editor} />
      <hr />
      {LIST_KINDS.map((one) => (
        <IconButton
          key={one.id}
          size="sm"
          icon={one.icon}
          label={one.label()}
          {...(one.shortcut && { shortcut: one.shortcut })}
          on={state.lists.includes(one.id)}
          onClick={() => one.run(editor, help)}
        />
      ))}
      <hr />
      <Menu
        align="start"
        trigger={<IconButton size="sm" icon={Plus} label={t.insert()} shortcut="/" />}
        items={THING_KINDS.map(entry)}
      />
      {state.inTable && <TableTools editor={editor} />}
      {state.language !== undefined && <CodeLanguage editor={editor} language={state.language} />}
      <span className="grow" />
      <IconButton
        size="sm"
        icon={Undo2}
        label={t.undo()}
        shortcut="mod+z"
        disabled={!state.canUndo}
        onClick={() => editor.chain().focus().undo().run()}
      />
      <IconButton
        size="sm"
        icon={Redo2}
        label={t.redo()}
        shortcut="mod+shift+z"
        disabled={!state.canRedo}
        onClick={() => editor.chain().focus().redo().run()}
      />
    </div>
  )
}

/** How it is where the caret stands. */
const useFormat = (editor: Editor) =>
  useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      kind: TEXT_KINDS.find(({ isOn }) => isOn?.(now))?.id ?? 'text',
      marks: MARKS.filter(({ name }) => now.isActive(name)).map(({ name }) => name),
      lists: LIST_KINDS.filter(({ isOn }) => isOn?.(now)).map(({ id }) => id),
      inTable: now.isActive('table'),
      language: now.isActive('codeBlock') ? String(now.getAttributes('codeBlock').language ?? '') : undefined,
      canUndo: now.can().undo(),
      canRedo: now.can().redo(),
    }),
  })

function CodeLanguage({ editor, language }: { editor: Editor; language: string }) {
  const choose = (next: string) =>
    editor
      .chain()
      .focus()
      .updateAttributes('codeBlock', { language: next || null })
      .run()
  return (
    <NativeSelect aria-label={t.language()} value={language} onValue={choose}>
      <option value="">{t.plainText()}</option>
      {CODE_LANGUAGES.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </NativeSelect>
  )
}
