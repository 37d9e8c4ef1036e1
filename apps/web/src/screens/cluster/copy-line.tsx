import { Icon, toast } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'

/** A command or an id, whole and selectable, with a button that copies it. */
export function CopyLine({ text, label = t.copyCommand() }: { text: string; label?: string }) {
  const code = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      toast(t.commandCopied())
    } catch {
      // Without access to the clipboard, as over plain HTTP: all of it is selected, for the keys to copy.
      setCopied(false)
      if (code.current) getSelection()?.selectAllChildren(code.current)
    }
  }
  return (
    <div className="copy-line">
      <code ref={code}>{text}</code>
      {/* Without a tooltip: one that opens with its dialog would take the Escape that is meant for the dialog. */}
      <button type="button" className="ib sm" aria-label={label} title={label} onClick={() => void copy()}>
        <Icon of={copied ? Check : Copy} />
      </button>
    </div>
  )
}
