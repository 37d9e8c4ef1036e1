import type { components } from '@stoa/contracts'
import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { readingView, recordPosition, recordStatus } from '../../library/index.ts'
import type { ReadingComponents } from '../components.ts'
import { recordedAt } from '../rules.ts'
import { type PositionRow, positionsIn, savePosition } from '../store.ts'

type Position = components['schemas']['Position']

const positionView = (row: PositionRow): Position => ({
  locator: row.locator as Position['locator'],
  fraction: row.fraction,
  label: row.label,
  device_id: row.device_id,
  device_name: row.device_name,
  recorded_at: row.recorded_at.toISOString(),
})

async function positionState(tx: Tx, accountId: string, bookId: string) {
  const [latest, ...others] = (await positionsIn(tx, accountId, bookId)).map(positionView)
  return { position: latest ?? null, others }
}

export const getPosition = (components: ReadingComponents): Operation =>
  operation('getPosition', (request) =>
    request.read(async (tx) => {
      const { context, params } = request
      const book = await components.visibleBook(tx, context, params.book_id)
      return { status: 200, body: await positionState(tx, context.accountId, book.id) }
    }),
  )

export const putPosition = (components: ReadingComponents): Operation =>
  operation('putPosition', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { tenantId, accountId } = context
      const { id: bookId } = await components.visibleBook(tx, context, params.book_id)
      const at = new Date(recordedAt(Date.parse(body.recorded_at), components.clock.now()))
      const { locator, fraction, device_id, device_name } = body
      const label = body.label ?? null
      const place = { accountId, bookId, locator, fraction, label, device_id, device_name, recorded_at: at }
      await savePosition(tx, tenantId, place)
      await recordPosition(tx, tenantId, {
        bookId,
        accountId,
        fraction,
        label,
        deviceName: device_name,
        recordedAt: at,
      })
      await tx.emit({
        type: 'reading.position',
        accountId,
        payload: { book_id: bookId, fraction, device_id },
      })
      return { status: 200, body: await positionState(tx, accountId, bookId) }
    }),
  )

export const putReadingStatus = (components: ReadingComponents): Operation =>
  operation('putReadingStatus', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { tenantId, accountId } = context
      const { id: bookId } = await components.visibleBook(tx, context, params.book_id)
      const at = new Date(recordedAt(Date.parse(body.recorded_at), components.clock.now()))
      await recordStatus(tx, tenantId, { bookId, accountId, status: body.status, recordedAt: at })
      await tx.emit({ type: 'reading.status', accountId, payload: { book_id: bookId, status: body.status } })
      return { status: 200, body: readingView(await components.visibleBook(tx, context, bookId)) }
    }),
  )
