import { Problem } from '../../platform/http/problem.ts'

export const notYours = (): Problem =>
  new Problem(403, 'annotation.not_yours', 'Only the person who made it may change it.')

export const idTaken = (): Problem =>
  new Problem(409, 'annotation.id_taken', 'This id is used for something else.')

export const otherBook = (): Problem =>
  new Problem(422, 'annotation.other_book', 'The highlight belongs to another book.')
