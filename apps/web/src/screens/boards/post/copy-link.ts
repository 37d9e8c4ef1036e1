import { toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'

/** Puts the address of something on this node on the clipboard. */
export function copyLink(path: string): void {
  void navigator.clipboard.writeText(location.origin + path).then(() => toast({ text: t.copied() }))
}
