import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'

/** Why the server did not take a message, in words. */
export function refusalText(code: string | undefined): string {
  switch (code) {
    case 'room.archived':
      return t.archivedHere()
    case 'room.forbidden':
      return t.moderatorsOnly()
    case 'room.not_found':
    case 'room.not_joined':
      return t.roomGoneText()
    case 'attachment.unusable':
    case 'attachment.not_found':
      return t.fileUnusable()
    case 'message.too_large':
      return t.messageTooLong()
    default:
      return code?.startsWith('request.') ? shell.invalid() : shell.unexpected({ reference: code ?? '?' })
  }
}
