import type { components } from '@stoa/contracts'
import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { readSettings, saveSettings } from '../store.ts'

type Settings = components['schemas']['ReadingSettings']

/** How a book looks to somebody who has changed nothing yet. */
export const DEFAULT_SETTINGS: Omit<Settings, 'version'> = {
  flow: 'paginated',
  theme: 'auto',
  font: 'serif',
  size: 19,
  leading: 1.65,
  margin: 48,
  measure: 33,
  justify: false,
  columns: 1,
}

async function settingsOf(tx: Tx, accountId: string): Promise<Settings> {
  const stored = await readSettings(tx, accountId)
  return { ...DEFAULT_SETTINGS, ...stored?.settings, version: stored?.version ?? 0 }
}

export const getReadingSettings = (): Operation =>
  operation('getReadingSettings', (request) =>
    request.read(async (tx) => ({ status: 200, body: await settingsOf(tx, request.context.accountId) })),
  )

export const putReadingSettings = (): Operation =>
  operation('putReadingSettings', (request) =>
    request.write(async (tx) => {
      const { tenantId, accountId } = request.context
      const { version, ...settings } = request.body
      const saved = await saveSettings(tx, tenantId, accountId, settings, version)
      const current = await settingsOf(tx, accountId)
      if (!saved) throw versionConflict({ ...current })
      await tx.emit({ type: 'reading.settings', accountId, payload: { version: current.version } })
      return { status: 200, body: current }
    }),
  )
