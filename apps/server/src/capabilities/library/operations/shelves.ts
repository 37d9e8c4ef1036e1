import { uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound, Problem, versionConflict } from '../../../platform/http/problem.ts'
import { announceShelf } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { otherWorkspace, shelfLoop, shelfTooDeep } from '../errors.ts'
import { chosenWorkspace, visibleShelf, visibleWorkspaces } from '../scope.ts'
import {
  booksInWorkspace,
  deleteShelf,
  insertShelf,
  listShelves,
  lockShelves,
  orderShelves,
  putOnShelf,
  shelfDepth,
  shelfHeight,
  shelvesBelow,
  siblings,
  takeOffShelf,
  updateShelf,
} from '../store/shelves.ts'
import { shelfView } from '../views.ts'

const MAX_DEPTH = 8

async function presentShelf(tx: Tx, workspaceId: string, shelfId: string) {
  const shelf = (await listShelves(tx, [workspaceId])).find((row) => row.id === shelfId)
  if (!shelf) throw notFound('shelf')
  return shelfView(shelf)
}

/** A parent in the same workspace, with room below it for a branch of this height. */
async function checkParent(
  components: LibraryComponents,
  tx: Tx,
  context: TenantContext,
  place: { workspaceId: string; parentId: string; height: number },
): Promise<void> {
  const parent = await visibleShelf(components, tx, context, place.parentId)
  if (parent.workspace_id !== place.workspaceId) throw otherWorkspace()
  if ((await shelfDepth(tx, parent.id)) + place.height > MAX_DEPTH) throw shelfTooDeep(MAX_DEPTH)
}

export const listShelvesOperation = (components: LibraryComponents): Operation =>
  operation('listShelves', (request) =>
    request.read(async (tx) => {
      const workspaces = await visibleWorkspaces(components, tx, request.context, request.query.workspace_id)
      return { status: 200, body: { items: (await listShelves(tx, workspaces)).map(shelfView) } }
    }),
  )

export const createShelf = (components: LibraryComponents): Operation =>
  operation('createShelf', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      const workspaceId = await chosenWorkspace(components, tx, context, body.workspace_id)
      const parentId = body.parent_id ?? null
      await lockShelves(tx, workspaceId)
      if (parentId !== null) await checkParent(components, tx, context, { workspaceId, parentId, height: 1 })
      const id = body.id ?? uuidv7(components.clock)
      const position = (await siblings(tx, workspaceId, parentId)).length
      const { tenantId, accountId } = context
      const shelf = {
        tenantId,
        id,
        workspaceId,
        parentId,
        name: body.name.trim(),
        position,
        createdBy: accountId,
      }
      if (!(await insertShelf(tx, shelf)))
        throw new Problem(409, 'shelf.id_taken', 'Another shelf has this id.')
      await announceShelf(tx, 'shelf.created', { id, workspace_id: workspaceId })
      return { status: 201, body: await presentShelf(tx, workspaceId, id) }
    }),
  )

export const updateShelfOperation = (components: LibraryComponents): Operation =>
  operation('updateShelf', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const shelf = await visibleShelf(components, tx, context, params.shelf_id)
      const { id, workspace_id: workspaceId } = shelf
      await lockShelves(tx, workspaceId)
      const parentId = body.parent_id === undefined ? shelf.parent_id : body.parent_id
      if (parentId !== shelf.parent_id && parentId !== null) {
        if ((await shelvesBelow(tx, id)).includes(parentId)) throw shelfLoop()
        await checkParent(components, tx, context, {
          workspaceId,
          parentId,
          height: await shelfHeight(tx, id),
        })
      }
      const changed = await updateShelf(tx, id, body.version, {
        name: body.name?.trim() ?? shelf.name,
        parentId,
      })
      if (!changed) throw versionConflict({ ...(await presentShelf(tx, workspaceId, id)) })
      if (body.before_id !== undefined || parentId !== shelf.parent_id) {
        const others = (await siblings(tx, workspaceId, parentId)).filter((sibling) => sibling !== id)
        const at = body.before_id ? others.indexOf(body.before_id) : -1
        await orderShelves(tx, others.toSpliced(at < 0 ? others.length : at, 0, id))
      }
      await announceShelf(tx, 'shelf.updated', shelf)
      return { status: 200, body: await presentShelf(tx, workspaceId, id) }
    }),
  )

export const deleteShelfOperation = (components: LibraryComponents): Operation =>
  operation('deleteShelf', (request) =>
    request.write(async (tx) => {
      const shelf = await visibleShelf(components, tx, request.context, request.params.shelf_id)
      await deleteShelf(tx, shelf.id)
      await announceShelf(tx, 'shelf.deleted', shelf)
      return { status: 204, body: undefined }
    }),
  )

export const addShelfBooks = (components: LibraryComponents): Operation =>
  operation('addShelfBooks', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const shelf = await visibleShelf(components, tx, context, params.shelf_id)
      const wanted = [...new Set(body.book_ids)]
      const found = await booksInWorkspace(tx, shelf.workspace_id, wanted)
      if (found.length < wanted.length) throw notFound('book')
      await putOnShelf(tx, context.tenantId, shelf.id, found)
      await announceShelf(tx, 'shelf.updated', shelf)
      return { status: 204, body: undefined }
    }),
  )

export const removeShelfBooks = (components: LibraryComponents): Operation =>
  operation('removeShelfBooks', (request) =>
    request.write(async (tx) => {
      const shelf = await visibleShelf(components, tx, request.context, request.params.shelf_id)
      await takeOffShelf(tx, shelf.id, request.body.book_ids)
      await announceShelf(tx, 'shelf.updated', shelf)
      return { status: 204, body: undefined }
    }),
  )
