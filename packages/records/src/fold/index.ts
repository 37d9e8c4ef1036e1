export { BoardFold } from './board-fold.ts'
export type { BoardView, ItemView, NameClaim, Reason } from './view.ts'
