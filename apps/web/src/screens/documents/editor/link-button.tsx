import { safeHref } from '@stoa/document-schema'
import { Button, IconButton, Input, Popover } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { type Editor, useEditorState } from '@tiptap/react'
import { Link, Unlink } from 'lucide-react'
import { type FormEvent, useState } from 'react'

/** Asks where the words lead. What is no address of the web or of this server is not taken. */
export function LinkButton({ editor }: { editor: Editor }) {
  const [open, setOpen] = useState(false)
  const [address, setAddress] = useState('')
  const [refused, setRefused] = useState(false)
  const on = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('link') })
  const change = (next: boolean) => {
    const href: unknown = editor.getAttributes('link').href
    if (next) setAddress(typeof href === 'string' ? href : '')
    setRefused(false)
    setOpen(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const written = address.trim()
    const href = safeHref(/^[\w-]+(\.[\w-]+)+/.test(written) ? `https://${written}` : written)
    if (href === undefined) return setRefused(true)
    setOpen(false)
    putLink(editor, href)
  }
  const remove = () => {
    setOpen(false)
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
  }
  return (
    <Popover
      label={t.link()}
      open={open}
      onOpenChange={change}
      align="start"
      trigger={<IconButton size="sm" icon={Link} label={t.link()} on={on} />}
    >
      <form className="link-form" onSubmit={submit}>
        <Input
          value={address}
          onChange={({ target }) => setAddress(target.value)}
          placeholder="https://"
          aria-label={t.linkAddress()}
          aria-invalid={refused}
          autoFocus
        />
        <Button type="submit">{t.putLink()}</Button>
        {on && <IconButton icon={Unlink} label={t.removeLink()} onClick={remove} />}
        {refused && (
          <p className="hint bad" role="alert">
            {t.linkRefused()}
          </p>
        )}
      </form>
    </Popover>
  )
}

/** On the words that are chosen, or on the address itself where none are. */
function putLink(editor: Editor, href: string): void {
  const { empty } = editor.state.selection
  if (empty && !editor.isActive('link')) {
    const marks = [{ type: 'link', attrs: { href } }]
    editor.chain().focus().insertContent({ type: 'text', text: href, marks }).run()
  } else editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
}
