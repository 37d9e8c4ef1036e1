import { notFound, Problem } from '../../platform/http/problem.ts'

export const documentNotFound = (): Problem => notFound('document')
export const versionNotFound = (): Problem => notFound('document_version')
export const threadNotFound = (): Problem => notFound('comment_thread')
export const commentNotFound = (): Problem => notFound('document_comment')
export const fileNotFound = (): Problem => notFound('document_file')

export const documentForbidden = (): Problem =>
  new Problem(403, 'document.forbidden', 'Your role in this document does not allow it.')

export const documentTrashed = (): Problem =>
  new Problem(422, 'document.trashed', 'The document is in the trash: restore it first.')

export const documentNotTrashed = (): Problem =>
  new Problem(422, 'document.not_trashed', 'Only a document in the trash can be deleted for ever.')

export const documentIdTaken = (): Problem =>
  new Problem(409, 'document.id_taken', 'This id is used for something else.')

export const lastOwner = (): Problem =>
  new Problem(422, 'document.last_owner', 'The document needs an owner: make somebody else owner first.')

export const notInWorkspace = (): Problem =>
  new Problem(
    422,
    'document.not_in_workspace',
    'This person does not belong to the workspace of the document.',
  )

export const versionIdTaken = (): Problem =>
  new Problem(409, 'document_version.id_taken', 'This id is used for another version.')

export const commentIdTaken = (): Problem =>
  new Problem(409, 'document_comment.id_taken', 'This id is used for another comment.')

export const notYourComment = (): Problem =>
  new Problem(403, 'document_comment.not_yours', 'Only the person who wrote it may edit it.')

export const fileMissing = (): Problem =>
  new Problem(409, 'document_file.incomplete', 'The file has not arrived as it was announced.')

export const notAnImage = (): Problem =>
  new Problem(
    422,
    'document_file.not_an_image',
    'This is no picture that a browser shows, or it is too large.',
  )

export const importUnreadable = (cause?: unknown): Problem =>
  new Problem(422, 'document_import.unreadable', 'The file is no Markdown and no DOCX that can be read.', {
    cause,
  })

export const importUnknown = (): Problem => notFound('document_import')

export const exportTooLarge = (): Problem =>
  new Problem(422, 'document.export_too_large', 'With its images the document is too large for this format.')

/** The service that keeps texts does not answer, or cannot store. */
export const textsUnavailable = (cause: unknown): Problem =>
  new Problem(503, 'document.unavailable', 'The text cannot be reached or stored now. Nothing was changed.', {
    cause,
  })
