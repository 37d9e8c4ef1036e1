import { notFound, Problem } from '../../platform/http/problem.ts'

export const roomNotFound = (): Problem => notFound('room')
export const messageNotFound = (): Problem => notFound('message')

export const roomForbidden = (): Problem =>
  new Problem(403, 'room.forbidden', 'Your role in this room does not allow it.')

export const notJoined = (): Problem =>
  new Problem(403, 'room.not_joined', 'Only members of the room may do this. Join it first.')

export const roomArchived = (): Problem =>
  new Problem(422, 'room.archived', 'The room is archived: it can be read, but nothing is added to it.')

export const lastOwner = (): Problem =>
  new Problem(422, 'room.last_owner', 'The room needs an owner: make somebody else owner first.')

export const directRoom = (): Problem =>
  new Problem(422, 'room.direct', 'A conversation of two people has no such settings.')

export const notInWorkspace = (): Problem =>
  new Problem(422, 'room.not_in_workspace', 'This person does not belong to the workspace of the room.')

export const badParent = (): Problem =>
  new Problem(422, 'room.parent', 'A room stands below another one of its workspace that stands below none.')

export const roomIdTaken = (): Problem =>
  new Problem(409, 'room.id_taken', 'This id is used for something else.')

export const notYourMessage = (): Problem =>
  new Problem(403, 'message.not_yours', 'Only the person who wrote it may edit it.')

export const messageIdTaken = (): Problem =>
  new Problem(409, 'message.id_taken', 'This id is used for another message.')

export const messageGone = (): Problem => new Problem(410, 'message.removed', 'The message was removed.')

export const messageEmpty = (): Problem =>
  new Problem(422, 'message.empty', 'A message needs text, a passage, a quote or a file.')

export const messageTooLarge = (): Problem =>
  new Problem(413, 'message.too_large', 'The text of a message may have at most 32 KiB.')

export const badThread = (): Problem =>
  new Problem(422, 'message.thread', 'Replies belong to a message of the same room that is no reply itself.')

export const twoPlaces = (): Problem =>
  new Problem(400, 'message.places', 'Name one place at most: before, after, around, or the first unread.')

export const badEmoji = (): Problem => new Problem(422, 'reaction.emoji', 'A reaction is one emoji.')

export const tooManyReactions = (): Problem =>
  new Problem(422, 'reaction.too_many', 'A message carries at most 20 different reactions.')

export const attachmentMissing = (): Problem =>
  new Problem(409, 'attachment.incomplete', 'The file has not arrived as it was announced.')

export const attachmentUnusable = (): Problem =>
  new Problem(
    422,
    'attachment.unusable',
    'A file is not ready, belongs to another room, or was sent already.',
  )
