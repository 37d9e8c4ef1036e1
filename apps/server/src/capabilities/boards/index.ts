/** Boards: posts and comments as signed records that nodes exchange. The only module of this capability that others import. */
import { ImageWorker } from '../../platform/images/image-worker.ts'
import { forEachTenant } from '../../platform/jobs/for-each-tenant.ts'
import type { Capability } from '../capability.ts'
import type { BoardParts, BoardsComponents } from './components.ts'
import { SWEEP_CONTENT, SWEEP_CONTENT_ALL, sweepContentJob } from './content/leftovers.ts'
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
import {
  getContentDiagnostics,
  listContentFetches,
  listContentSamples,
  retryContentFetch,
} from './operations/diagnostics.ts'
import { keepPost, releasePost } from './operations/keeping.ts'
import { completeBoardMedia, createBoardMedia } from './operations/media.ts'
import { listModeration, moderateBoard } from './operations/moderation.ts'
import { createPost, deletePost, fetchPost, getPost, listPosts, updatePost } from './operations/posts.ts'
import { Replication } from './replication.ts'
import { pooledSignatures } from './signatures.ts'
import { oldUploadsJob } from './uploads-job.ts'

export type { BoardsComponents, CitableBook } from './components.ts'
export type { BoardNetwork, ReplicationSettings } from './replication.ts'
export { boardsToSearch, type FoundPost, postPlaces } from './store/searchable.ts'

const operations = [
  listBoards,
  createBoard,
  getBoard,
  updateBoard,
  listPosts,
  createPost,
  getPost,
  fetchPost,
  keepPost,
  releasePost,
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
  createBoardMedia,
  completeBoardMedia,
  getContentDiagnostics,
  listContentFetches,
  listContentSamples,
  retryContentFetch,
]

export function createBoards(components: BoardsComponents): Capability {
  const shared = {
    ...components,
    folds: new Folds(),
    keys: new KeyKeeper(components),
    signatures: pooledSignatures(),
  }
  const content = new Replication({ ...shared, counters: components.telemetry.counters })
  components.telemetry.watch(() => content.gauges)
  const images = new ImageWorker()
  const parts: BoardParts = { ...shared, content, images }
  return {
    name: 'boards',
    operations: operations.map((create) => create(parts)),
    jobs: [
      oldUploadsJob(parts),
      forEachTenant(parts.database, { name: SWEEP_CONTENT_ALL, schedule: '57 3 * * *', job: SWEEP_CONTENT }),
      sweepContentJob(parts),
    ],
    services: [images, content],
  }
}
