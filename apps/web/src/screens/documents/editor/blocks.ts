import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import {
  BookOpenText,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Image,
  List,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  Minus,
  Quote,
  Sigma,
  Table,
  Type,
} from 'lucide-react'

/** Things that a document asks of what is around it: a dialog, a file. */
export interface BlockHelp {
  readonly pickImage: () => void
  readonly pickPassage: () => void
}

/** A kind of paragraph or thing: in the toolbar, behind the slash, on its key. */
export interface BlockKind {
  readonly id: string
  readonly label: () => string
  readonly icon: LucideIcon
  /** More words to find it by, in both languages. */
  readonly keywords: string
  readonly shortcut?: string
  readonly isOn?: (editor: Editor) => boolean
  readonly run: (editor: Editor, help: BlockHelp) => void
}

const heading = (level: 1 | 2 | 3, icon: LucideIcon, label: () => string): BlockKind => ({
  ...{
    id: `heading${level}`,
    label,
    icon,
    keywords: `h${level} title 标题 biaoti`,
    shortcut: `mod+alt+${level}`,
  },
  isOn: (editor) => editor.isActive('heading', { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
})

export const TEXT_KINDS: readonly BlockKind[] = [
  {
    ...{ id: 'text', label: t.text, icon: Type, keywords: 'paragraph 正文 zhengwen', shortcut: 'mod+alt+0' },
    isOn: (editor) => editor.isActive('paragraph'),
    run: (editor) => editor.chain().focus().setParagraph().run(),
  },
  heading(1, Heading1, t.heading1),
  heading(2, Heading2, t.heading2),
  heading(3, Heading3, t.heading3),
]

export const LIST_KINDS: readonly BlockKind[] = [
  {
    ...{ id: 'bullets', label: t.bullets, icon: List, keywords: 'ul 列表 liebiao', shortcut: 'mod+shift+8' },
    isOn: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    ...{
      id: 'numbers',
      label: t.numbers,
      icon: ListOrdered,
      keywords: 'ol 编号 bianhao',
      shortcut: 'mod+shift+7',
    },
    isOn: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    ...{
      id: 'tasks',
      label: t.tasks,
      icon: ListTodo,
      keywords: 'todo check 待办 daiban',
      shortcut: 'mod+shift+9',
    },
    isOn: (editor) => editor.isActive('taskList'),
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
  },
]

export const THING_KINDS: readonly BlockKind[] = [
  {
    ...{
      id: 'citation',
      label: t.passage,
      icon: BookOpenText,
      keywords: 'cite book citation 引文 书 yinwen shu',
    },
    run: (_, { pickPassage }) => pickPassage(),
  },
  {
    ...{ id: 'image', label: t.image, icon: Image, keywords: 'picture photo 图片 tupian' },
    run: (_, { pickImage }) => pickImage(),
  },
  {
    ...{ id: 'table', label: t.table, icon: Table, keywords: 'grid 表格 biaoge' },
    isOn: (editor) => editor.isActive('table'),
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  {
    ...{ id: 'maths', label: t.maths, icon: Sigma, keywords: 'latex formula equation 公式 gongshi' },
    run: (editor) =>
      editor
        .chain()
        .focus()
        .insertContent({ type: 'blockMath', attrs: { latex: '' } })
        .run(),
  },
  {
    ...{
      id: 'quote',
      label: t.quote,
      icon: Quote,
      keywords: 'blockquote 引用 yinyong',
      shortcut: 'mod+shift+b',
    },
    isOn: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    ...{ id: 'code', label: t.code, icon: Code, keywords: 'pre program 代码 daima', shortcut: 'mod+alt+c' },
    isOn: (editor) => editor.isActive('codeBlock'),
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  },
  {
    ...{ id: 'line', label: t.line, icon: Minus, keywords: 'rule divider hr 分隔线 fengexian' },
    run: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
]

export const ALL_KINDS: readonly BlockKind[] = [...TEXT_KINDS, ...LIST_KINDS, ...THING_KINDS]

/** Kinds that what was typed after the slash means, best first. */
export function findKinds(query: string): BlockKind[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return [...ALL_KINDS]
  const rank = ({ label, keywords }: BlockKind) => {
    const name = label().toLowerCase()
    if (name.startsWith(wanted)) return 0
    if (keywords.split(' ').some((word) => word.startsWith(wanted))) return 1
    return name.includes(wanted) ? 2 : 3
  }
  return ALL_KINDS.filter((kind) => rank(kind) < 3).sort((a, b) => rank(a) - rank(b))
}
