import { uuidv7 } from '@stoa/kernel'
import type { KeptCollision, OfflineDatabase } from '../../../offline/database.ts'
import { useLive, usePlace } from '../../../offline/use-place.ts'
import type { Collision } from './find-collisions.ts'

/** Keeps what collided on this device until somebody has decided: closing the page loses none of it. */
export async function keepCollisions(
  database: OfflineDatabase,
  documentId: string,
  collisions: readonly Collision[],
): Promise<void> {
  const at = Date.now()
  await database.collisions.bulkPut(
    collisions.map((collision) => ({ ...collision, id: uuidv7(), documentId, at })),
  )
}

/** What collided in a document and is undecided, oldest first. */
export function useCollisions(documentId: string): readonly KeptCollision[] {
  const { database } = usePlace()
  return useLive((about) => database.collisions.where({ documentId: about }).sortBy('at'), documentId) ?? []
}
