import { Problem } from '../../platform/http/problem.ts'

export const uploadNotFound = (): Problem => new Problem(404, 'upload.not_found', 'There is no such upload.')

export const uploadExpired = (): Problem =>
  new Problem(410, 'upload.expired', 'The upload was not finished in time. Upload the file again.')

export const uploadIncomplete = (): Problem =>
  new Problem(409, 'upload.incomplete', 'The file has not arrived yet. Send it to the signed URL first.')

export const fileTooLarge = (limit: number): Problem =>
  new Problem(413, 'file.too_large', `Files may have at most ${limit} bytes.`, { details: { limit } })

export const bookIdTaken = (): Problem => new Problem(409, 'book.id_taken', 'Another book has this id.')

export const bookNotReady = (): Problem =>
  new Problem(422, 'book.not_ready', 'The book is still being read in. Wait until it is ready.')

export const bookNotFailed = (): Problem =>
  new Problem(422, 'book.not_failed', 'Only a book that failed can be tried again.')

export const bookNotTrashed = (): Problem =>
  new Problem(422, 'book.not_trashed', 'Only a book in the trash can be removed for good.')

export const shelfLoop = (): Problem =>
  new Problem(422, 'shelf.loop', 'A shelf cannot stand on itself or on a shelf below it.')

export const shelfTooDeep = (limit: number): Problem =>
  new Problem(422, 'shelf.too_deep', `Shelves nest at most ${limit} deep.`, { details: { limit } })

export const otherWorkspace = (): Problem =>
  new Problem(422, 'shelf.other_workspace', 'Books and shelves of different workspaces do not mix.')

/** While the book lay in the trash, the same file was added again. */
export const bookHereAgain = (bookId: string): Problem =>
  new Problem(422, 'book.here_again', 'The same file was added again meanwhile.', {
    details: { book_id: bookId },
  })

export const sameFile = (): Problem =>
  new Problem(422, 'book.same_file', 'The book has exactly this file already.')
