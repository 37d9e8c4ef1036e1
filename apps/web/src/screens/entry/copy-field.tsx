import { IconButton, Input, toast } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

/** A link to give away: selected when touched, copied by its button. Without clipboard access it stays selectable. */
export function CopyField({
  text,
  label,
  look = 'lg',
}: {
  text: string
  label: string
  look?: 'plain' | 'lg'
}) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      toast(t.linkCopied())
    } catch {
      setCopied(false)
    }
  }
  return (
    <Input
      look={look}
      className="share"
      aria-label={label}
      value={text}
      readOnly
      onFocus={(event) => event.target.select()}
      end={<IconButton icon={copied ? Check : Copy} label={t.copyLink()} onClick={() => void copy()} />}
    />
  )
}
