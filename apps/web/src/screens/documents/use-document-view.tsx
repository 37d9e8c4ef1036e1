import type { Editor } from '@tiptap/core'
import { useRef, useState } from 'react'
import type { DocumentInfo } from '../../data/documents.ts'
import type { Person } from '../../data/rooms.ts'
import { useIdentity } from '../../data/use-session.ts'
import { usePlaceKey } from '../../offline/place-key.ts'
import { type Commenting, useCommenting } from './comments/use-commenting.ts'
import type { Shown } from './document-context.ts'
import type { BlockHelp } from './editor/blocks.ts'
import { useImages } from './editor/use-images.ts'
import { useTextEditor } from './editor/use-text-editor.ts'
import { usePeople } from './people.ts'
import { useQuoted } from './quoting/quoted.ts'
import { type Present, usePresence } from './session/presence.ts'
import { useDocument, useDocumentState } from './session/use-document.ts'
import { useDocumentEvents } from './session/use-document-events.ts'

interface ViewOptions {
  readonly info: DocumentInfo
  readonly showResolved: boolean
  readonly threadId: string | undefined
  /** A comment was begun or pressed: it must be seen. */
  readonly onCommenting: () => void
  /** Not to be written now, e.g. because an old version is on screen. */
  readonly still?: boolean
}

/** A document on screen with everything that works on it. */
export interface DocumentView extends Shown {
  readonly editor: Editor | null
  /** What this device has is in the text. */
  readonly loaded: boolean
  readonly people: ReadonlyMap<string, Person>
  readonly present: readonly Present[]
  readonly commenting: Commenting
  readonly begin: (() => void) | undefined
  readonly images: ReturnType<typeof useImages>
  readonly help: BlockHelp
  readonly picking: { readonly open: boolean; readonly set: (open: boolean) => void }
}

/** Opens a document and binds an editor to it. */
export function useDocumentView({
  info,
  showResolved,
  threadId,
  onCommenting,
  still,
}: ViewOptions): DocumentView {
  const { account } = useIdentity()
  const open = useDocument(info.id)
  const loaded = useDocumentState(open, (state) => state.loaded)
  const writable = useDocumentState(open, ({ session }) => session.mode === 'write')
  const editable = loaded && info.can.write && writable && info.trashed_at === null && !still
  useDocumentEvents(info.id)
  const people = usePeople(info.workspace_id)
  const present = usePresence(open.awareness, { id: account.id, name: account.display_name })
  const bound = useRef<Editor | null>(null)
  const images = useImages(info.id, bound)
  const acts = useRef({ pick: (_: string) => {}, begin: () => {} })
  const editor = useTextEditor({
    open,
    editable,
    nameOf: (accountId, claimed) => people.get(accountId)?.display_name ?? claimed,
    onThread: (id) => acts.current.pick(id),
    onComment: () => acts.current.begin(),
    onImages: images.add,
  })
  bound.current = editor
  const commenting = useCommenting({ info, editor, people, showResolved, threadId })
  const begin =
    commenting.begin &&
    (() => {
      onCommenting()
      commenting.begin?.()
    })
  acts.current = {
    pick: (id) => {
      onCommenting()
      commenting.pick(id, false)
    },
    begin: () => begin?.(),
  }
  useQuoted(usePlaceKey(), info.id, editor, editable)
  const [picking, setPicking] = useState(false)
  const help: BlockHelp = {
    pickPassage: () => setPicking(true),
    pickImage: () =>
      void chooseImages().then((files) => images.add(files, editor?.state.selection.from ?? 0)),
  }
  return {
    ...{ info, open, editable, editor, loaded, people, present, commenting, begin, images, help },
    picking: { open: picking, set: setPicking },
  }
}

/** Asks the person for pictures; none when it was closed. */
function chooseImages(): Promise<File[]> {
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    accept: 'image/*',
    multiple: true,
  })
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])])
    input.click()
  })
}
