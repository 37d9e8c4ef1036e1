import type { Reason } from '@stoa/records'
import { notFound, Problem } from '../../platform/http/problem.ts'

export const boardNotFound = (): Problem => notFound('board')
export const postNotFound = (): Problem => notFound('post')
export const commentNotFound = (): Problem => notFound('comment')
export const authorNotFound = (): Problem => notFound('author')
export const contentNotFound = (): Problem => notFound('content')

export const boardForbidden = (): Problem =>
  new Problem(403, 'board.forbidden', 'Your role on this board does not allow it.')

export const boardBanned = (): Problem =>
  new Problem(403, 'board.banned', 'A moderator has banned you from this board.')

export const notYourPost = (): Problem =>
  new Problem(403, 'post.not_yours', 'Only the person who wrote it may change it or take it back.')

export const postLocked = (): Problem =>
  new Problem(422, 'post.locked', 'The discussion is locked: nothing is added to it.')

export const badTarget = (): Problem =>
  new Problem(422, 'board.target', 'This cannot be done to what the request names.')

export const boardIncomplete = (): Problem =>
  new Problem(422, 'board.incomplete', 'The beginning of this board has not come to this node yet.')

export const recordRefused = (reason: string): Problem =>
  new Problem(422, 'board.record_refused', `The record would not count: ${reason}.`)

export const mediaMissing = (): Problem =>
  new Problem(409, 'media.incomplete', 'The image has not arrived as it was announced.')

export const mediaUnusable = (): Problem =>
  new Problem(422, 'media.unusable', 'This is no image that can be read, or it is too large.')

export const mediaUnknown = (): Problem =>
  new Problem(422, 'media.unknown', 'An image is not ready, is not yours, or is not in the post.')

/** What a caller is told whose record would not count. */
export function problemOf(reason: Reason): Problem {
  switch (reason) {
    case 'no_right':
      return boardForbidden()
    case 'banned':
      return boardBanned()
    case 'not_author':
      return notYourPost()
    case 'locked':
      return postLocked()
    case 'wrong_target':
      return badTarget()
    case 'pending':
      return boardIncomplete()
    case 'before_cause':
    case 'unknown_key':
    case 'retired_key':
    case 'superseded':
      return recordRefused(reason)
  }
}
