import type { components } from '@stoa/contracts'
import type { Tx } from '../../../platform/database/database.ts'
import { takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { BoardParts } from '../components.ts'
import { authorNotFound, boardNotFound } from '../errors.ts'
import { toHex } from '../hex.ts'
import type { Keyring } from '../keys.ts'
import { OpenBoard } from '../ledger.ts'
import { presentAuthors, presentPosts } from '../present.ts'
import { tellRotations } from '../scribe.ts'
import { accountsOf } from '../store/keys.ts'
import { authorCounts, listAuthorRows } from '../store/posts.ts'
import { boardsOf } from '../store/records.ts'
import { pairFrom, pairOf } from './paging.ts'
import { announced } from './scope.ts'

/** @throws Problem 404 `author.not_found` for who neither wrote anything here nor is a member with a key */
async function knownAuthor(tx: Tx, authorId: string): Promise<void> {
  const [boards, accounts] = [await boardsOf(tx, authorId), await accountsOf(tx, [authorId])]
  if (boards.length === 0 && accounts.size === 0) throw authorNotFound()
}

export const getAuthor = (parts: BoardParts): Operation =>
  operation('getAuthor', ({ params, read }) =>
    read(async (tx) => {
      await knownAuthor(tx, params.author_id)
      const author = (await presentAuthors(parts, tx, [params.author_id]))(params.author_id)
      const { posts, comments, first_at } = await authorCounts(tx, params.author_id)
      const counted = {
        post_count: posts,
        comment_count: comments,
        first_at: first_at?.toISOString() ?? null,
      }
      return { status: 200, body: { ...author, ...counted } }
    }),
  )

export const listAuthorPosts = (parts: BoardParts): Operation =>
  operation('listAuthorPosts', ({ context, params, query, read }) =>
    read(async (tx) => {
      await knownAuthor(tx, params.author_id)
      const limit = query.limit ?? 50
      const page = { after: pairFrom(query.cursor), limit: limit + 1 }
      const { rows, next_cursor } = takePage(await listAuthorRows(tx, params.author_id, page), limit, pairOf)
      return {
        status: 200,
        body: { items: await presentPosts(parts, tx, context.tenantId, rows), next_cursor },
      }
    }),
  )

function keyView({ authorId, keys, createdAt }: Keyring): components['schemas']['AuthorKey'] {
  return {
    author_id: authorId,
    public_key: toHex(keys.at(-1)?.publicKey ?? new Uint8Array()),
    created_at: createdAt.toISOString(),
    rotations: keys.length - 1,
  }
}

/** Made when it is first asked for. */
export const getAuthorKey = (parts: BoardParts): Operation =>
  operation('getAuthorKey', ({ context, write }) =>
    write(async (tx) => {
      const keyring = await parts.keys.keyring(tx, context.tenantId, context.accountId)
      return { status: 200, body: keyView(keyring) }
    }),
  )

export const rotateAuthorKey = (parts: BoardParts): Operation =>
  operation('rotateAuthorKey', ({ context, write }) =>
    announced(parts, context, (written) =>
      write(async (tx) => {
        const { tenantId, accountId } = context
        const keyring = await parts.keys.rotate(tx, tenantId, accountId)
        const opened: OpenBoard[] = []
        for (const boardId of await boardsOf(tx, keyring.authorId)) {
          const borrowed = await parts.folds.borrow(tx, tenantId, boardId)
          if (!borrowed) throw boardNotFound()
          const at = new Date(parts.clock.now())
          const open = new OpenBoard({ tenantId, boardId, at, peerId: null }, borrowed.board, borrowed.fold)
          await tellRotations(parts, tx, open, keyring)
          opened.push(open)
        }
        for (const open of opened) await open.write(tx, parts)
        written(opened.flatMap(({ added }) => added))
        return { status: 200, body: keyView(keyring) }
      }),
    ),
  )

export const exportAuthorKey = (parts: BoardParts): Operation =>
  operation('exportAuthorKey', ({ context, write, log }) =>
    write(async (tx) => {
      const { authorId, keys } = await parts.keys.keyring(tx, context.tenantId, context.accountId)
      log.info({ action: 'author_key_exported', author: authorId })
      const secret_keys = keys.map(({ secretKey }) => toHex(secretKey))
      return { status: 200, body: { author_id: authorId, secret_keys } }
    }),
  )
