/** Boards: posts and comments as signed records that nodes exchange. The only module of this capability that others import. */
import type { Capability } from '../capability.ts'
import type { BoardParts, BoardsComponents } from './components.ts'
import { nowhere } from './content/source.ts'
import { Folds } from './folds.ts'
import { KeyKeeper } from './keys.ts'
import {
  exportAuthorKey,
  getAuthor,
  getAuthorKey,
  listAuthorPosts,
  rotateAuthorKey,
} from './operations/authors.ts'
import { createBoard, getBoard, listBoards, updateBoard } from './operations/boards.ts'
import { createComment, listComments, updateComment } from './operations/comments.ts'
import { listModeration, moderateBoard } from './operations/moderation.ts'
import { createPost, deletePost, fetchPost, getPost, listPosts, updatePost } from './operations/posts.ts'
import { nativeSignatures } from './signatures.ts'

export type { BoardsComponents, CitableBook } from './components.ts'

const operations = [
  listBoards,
  createBoard,
  getBoard,
  updateBoard,
  listPosts,
  createPost,
  getPost,
  fetchPost,
  updatePost,
  deletePost,
  listComments,
  createComment,
  updateComment,
  listModeration,
  moderateBoard,
  getAuthor,
  listAuthorPosts,
  getAuthorKey,
  rotateAuthorKey,
  exportAuthorKey,
]

export function createBoards(components: BoardsComponents): Capability {
  const parts: BoardParts = {
    ...components,
    folds: new Folds(),
    keys: new KeyKeeper(components),
    signatures: nativeSignatures(),
    content: nowhere,
  }
  return {
    name: 'boards',
    operations: operations.map((create) => create(parts)),
    jobs: [],
    services: [],
  }
}
