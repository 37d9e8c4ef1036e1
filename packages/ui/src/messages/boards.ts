import { boardsEn } from './boards.en.ts'
import { boardsZh } from './boards.zh.ts'
import { defineMessages } from './define.ts'

/** Boards: lists of posts, a post with its comments, writing, moderation, authors. */
export const boards = defineMessages(boardsEn, boardsZh)
