import { wordsOf } from '@stoa/document-schema'
import { IconButton, Progress, Skeleton } from '@stoa/ui'
import { formatList, formatNumber } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { EditorContent, useEditorState } from '@tiptap/react'
import { X } from 'lucide-react'
import { PassageDialog } from '../../passages/passage-dialog.tsx'
import { ShownDocument } from './document-context.ts'
import { Completions } from './editor/completions.tsx'
import { SelectionBar } from './editor/selection-bar.tsx'
import { useEnteringText } from './editor/use-entering-text.ts'
import { useTextKeys } from './editor/use-text-keys.ts'
import { attributesOf } from './nodes/passage-of.ts'
import { insertPassage } from './quoting/quoted.ts'
import { readingMinutes } from './reading-minutes.ts'
import { TitleField } from './title-field.tsx'
import type { DocumentView } from './use-document-view.tsx'

/** Title and text of a document, with what appears at the caret. */
export function DocumentText({ view }: { view: DocumentView }) {
  const { info, editor, editable, loaded, help, begin, people, picking } = view
  useTextKeys(editor, help, begin)
  const enterText = useEnteringText(editor, loaded)
  const others = [...people.values()]
  return (
    <ShownDocument value={view}>
      <article className="doc">
        <TitleField key={info.id} info={info} editable={editable} onLeave={enterText} />
        <ByLine view={view} />
        <Sending view={view} />
        {loaded ? <EditorContent editor={editor} className="doc-text" /> : <GhostText />}
        {editor && editable && <Completions editor={editor} help={help} people={others} />}
        {editor && loaded && <SelectionBar editor={editor} onComment={begin} />}
        <PassageDialog
          open={picking.open}
          onClose={() => picking.set(false)}
          onPick={(passage) => {
            picking.set(false)
            if (editor) insertPassage(editor, attributesOf(passage))
          }}
        />
      </article>
    </ShownDocument>
  )
}

/** Who wrote it, how long it is. */
function ByLine({ view: { editor, info } }: { view: DocumentView }) {
  const words =
    useEditorState({
      editor,
      selector: ({ editor: now }) =>
        now ? wordsOf(now.state.doc.textBetween(0, now.state.doc.content.size, '\n', ' ')).length : undefined,
    }) ?? undefined
  const names = [info.created_by, info.edited_by].flatMap((person) => person?.display_name ?? [])
  const parts = [
    formatList([...new Set(names)]),
    words !== undefined && t.words({ count: words }),
    words !== undefined && words > 0 && t.minutes({ count: readingMinutes(words) }),
  ]
  return <div className="by">{parts.filter(Boolean).join(' · ')}</div>
}

/** Pictures on their way. */
function Sending({ view: { images } }: { view: DocumentView }) {
  return images.sending.map(({ id, name, share }) => (
    <div key={id} className="sending">
      <span className="clip">{t.sendingImage({ name, share: formatNumber(Math.round(share * 100)) })}</span>
      <Progress value={share} label={name} className="grow" />
      <IconButton icon={X} size="sm" label={t.stopSending()} onClick={() => images.cancel(id)} />
    </div>
  ))
}

const GhostText = () => (
  <div className="ghost-text" role="status" aria-label={t.opening()}>
    {['96%', '100%', '88%', '40%', '100%', '92%', '64%'].map((width, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they never change
      <Skeleton key={index} width={width} height={14} />
    ))}
  </div>
)
