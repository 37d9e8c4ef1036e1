import { boards as t } from '@stoa/ui/messages/boards'
import type { Board, BoardAuthor } from '../../data/boards.ts'

/** Nobody may have said a name: then the beginning of the id, which is the same on every node. */
export const nameOf = ({ display_name, author_id }: BoardAuthor): string =>
  display_name || `${t.unknownAuthor()} ${author_id.slice(0, 6)}`

/** The title comes with the record that begins the board, and that may come last. */
export const titleOf = ({ title }: Board): string => title ?? t.unnamed()
