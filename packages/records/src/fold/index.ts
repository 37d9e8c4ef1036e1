export { BoardFold } from './board-fold.ts'
export type { BoardStanding, BoardView, ItemView, NameClaim, Reason } from './view.ts'
