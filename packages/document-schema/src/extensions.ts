import type { Extensions } from '@tiptap/core'
import { Link as TiptapLink } from '@tiptap/extension-link'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import { safeHref } from './links.ts'
import { Citation } from './nodes/citation.ts'
import { Image } from './nodes/image.ts'
import { BlockMath, InlineMath } from './nodes/maths.ts'
import { Mention } from './nodes/mention.ts'

/** `target` and `rel` are the reader's business: a document keeps where the link leads, and no more. */
const Link = TiptapLink.extend({
  addAttributes: () => ({ href: { default: null }, title: { default: null } }),
}).configure({ openOnClick: false, isAllowedUri: (url) => safeHref(url) !== undefined })

/** Cells hold paragraphs: what Markdown and every exporter can say, and what two editors at once cannot break. */
const cellContent = { content: 'paragraph+' }

/**
 * Everything that decides what a document may hold. The editor adds node views and commands (`Citation.extend({ addNodeView })`
 * in place of the one here, by name), never attributes, content or marks: `editorExtensions` does that.
 */
export const documentExtensions: Extensions = [
  // Undo belongs to the collaboration; a paragraph added at the end by whoever opens a document would be an edit.
  StarterKit.configure({ undoRedo: false, underline: false, trailingNode: false, link: false }),
  Link,
  TaskList,
  TaskItem.configure({ nested: true }),
  Table,
  TableRow,
  TableHeader.extend(cellContent),
  TableCell.extend(cellContent),
  Citation,
  Image,
  InlineMath,
  BlockMath,
  Mention,
]

/** The extensions with some of them replaced by others of the same name, and more added. */
export function editorExtensions(own: Extensions): Extensions {
  const names = new Set(own.map(({ name }) => name))
  return [...documentExtensions.filter(({ name }) => !names.has(name)), ...own]
}
