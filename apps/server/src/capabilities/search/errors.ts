import { Problem } from '../../platform/http/problem.ts'

export const nothingToFind = (): Problem =>
  new Problem(422, 'search.empty', 'There is nothing in this that can be looked up. Type a word.')
