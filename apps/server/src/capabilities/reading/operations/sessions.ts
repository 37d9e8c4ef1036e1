import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { ReadingComponents } from '../components.ts'
import { beatInFuture, idTaken, sessionEnded, unknownTimeZone } from '../errors.ts'
import { isTimeZone, splitByLocalHour } from '../local-time.ts'
import { type Beat, judgeBeat, recordedAt } from '../rules.ts'
import { addReadingTime, endSession, lockSession, type SessionRow, saveBeat, startSession } from '../store.ts'

const sessionView = (row: SessionRow): components['schemas']['ReadingSession'] => ({
  id: row.id,
  book_id: row.book_id,
  started_at: row.started_at.toISOString(),
  last_beat_at: row.last_beat_at.toISOString(),
  ended_at: row.ended_at?.toISOString() ?? null,
  active_seconds: row.active_seconds,
})

export const startReading = ({ clock, visibleBook }: ReadingComponents): Operation =>
  operation('startReading', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      if (!isTimeZone(body.time_zone)) throw unknownTimeZone(body.time_zone)
      const { id: bookId } = await visibleBook(tx, context, body.book_id)
      const { tenantId, accountId } = context
      const startedAt = new Date(recordedAt(Date.parse(body.started_at), clock.now()))
      const session = {
        id: body.id,
        bookId,
        accountId,
        deviceId: body.device_id,
        timeZone: body.time_zone,
        startedAt,
      }
      const started = await startSession(tx, tenantId, session)
      if (!started) throw idTaken()
      return { status: started.created ? 201 : 200, body: sessionView(started.row) }
    }),
  )

/** Counts what the beat is worth, in the reader's local hours. */
async function countBeat(
  tx: Tx,
  context: TenantContext,
  session: SessionRow,
  beat: Beat,
  now: number,
): Promise<SessionRow> {
  const state = {
    lastBeatAt: session.last_beat_at.getTime(),
    lastSequence: session.last_sequence,
    ended: session.ended_at !== null,
  }
  const verdict = judgeBeat(state, beat, now)
  if (verdict.kind === 'repeated') return session
  if (verdict.kind === 'refused') throw verdict.reason === 'ended' ? sessionEnded() : beatInFuture()
  const reader = { accountId: context.accountId, bookId: session.book_id }
  const parts = splitByLocalHour(verdict.at, verdict.seconds, session.time_zone)
  await addReadingTime(tx, context.tenantId, reader, parts)
  return saveBeat(tx, session.id, {
    sequence: beat.sequence,
    at: new Date(verdict.at),
    seconds: verdict.seconds,
  })
}

export const beatReading = ({ clock }: ReadingComponents): Operation =>
  operation('beatReading', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const session = await lockSession(tx, context.accountId, params.reading_session_id)
      if (!session) throw notFound('reading_session')
      const beat = { sequence: body.sequence, at: Date.parse(body.at), activeSeconds: body.active_seconds }
      return { status: 200, body: sessionView(await countBeat(tx, context, session, beat, clock.now())) }
    }),
  )

export const endReading = ({ clock }: ReadingComponents): Operation =>
  operation('endReading', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const session = await lockSession(tx, context.accountId, params.reading_session_id)
      if (!session) throw notFound('reading_session')
      const at = new Date(recordedAt(Date.parse(body.at), clock.now()))
      return { status: 200, body: sessionView(await endSession(tx, session.id, at)) }
    }),
  )
