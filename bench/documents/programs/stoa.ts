import { addMember, createTenant, type TestMember } from '@stoa/testkit/identity'
import { startBenchProgram } from '../../support/program.ts'
import { serve } from './messages.ts'

/** The whole program on its embedded PostgreSQL: every acknowledgement is durable. */
const stoa = await startBenchProgram()
const { tenantId, workspaceId, owner } = await createTenant(stoa.db, 'Bench')
const { statesync, realtime } = stoa.program.capabilities.realtime
/** An account may have 200 connections. */
const people: TestMember[] = []
for (let n = 0; n < 60; n++)
  people.push(await addMember(stoa.db, { tenantId, role: 'member', workspaceIds: [workspaceId] }))
let asked = 0

serve(async ({ documents, existing, clients, state }) => {
  const names: string[] = []
  if (existing !== undefined) names.push(existing)
  for (let n = names.length; n < documents; n++) {
    const { document } = await statesync.createDocument({ tenantId, workspaceId, userId: owner.accountId })
    const documentId = document?.documentId ?? ''
    if (state !== undefined) {
      const operations = [{ userId: owner.accountId, update: Buffer.from(state, 'base64') }]
      await statesync.applyOperations({ tenantId, documentId, operations })
    }
    names.push(documentId)
  }
  const address = (documentId: string) => {
    const { context } = people[asked++ % people.length] as TestMember
    const { ticket } = realtime.tickets.issue({ context, documentId, mode: 'write' })
    return `${stoa.url.replace('http', 'ws')}/yjs/${documentId}?ticket=${ticket}`
  }
  return { names, addresses: names.map((name) => Array.from({ length: clients }, () => address(name))) }
}, stoa)
