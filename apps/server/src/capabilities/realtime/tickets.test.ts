import { ManualClock, seededRandom, uuidv7 } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { type TicketGrant, Tickets } from './tickets.ts'

const grant: TicketGrant = {
  context: { tenantId: uuidv7(), accountId: uuidv7(), sessionId: uuidv7(), role: 'guest' },
  documentId: uuidv7(),
  mode: 'read',
}

function office(secret = new Uint8Array(32).fill(1)) {
  const clock = new ManualClock(1_700_000_000_000)
  const spent = new Map<string, number>()
  const increment = async (key: string) => {
    spent.set(key, (spent.get(key) ?? 0) + 1)
    return spent.get(key) ?? 0
  }
  return { clock, tickets: new Tickets({ cache: { increment }, clock, random: seededRandom(1), secret }) }
}

test('DOC-1: a ticket opens one connection to its document, and says for whom and what', async () => {
  const { tickets } = office()
  const { ticket } = tickets.issue(grant)
  expect(await tickets.redeem(ticket, uuidv7())).toBeUndefined()
  expect(await tickets.redeem(ticket, grant.documentId)).toEqual(grant)
  expect(await tickets.redeem(ticket, grant.documentId)).toBeUndefined()
})

test('DOC-1: it is good for 30 seconds', async () => {
  const { clock, tickets } = office()
  const [early, late] = [tickets.issue(grant), tickets.issue(grant)]
  expect(early.expiresAt.getTime() - clock.now()).toBe(30_000)
  clock.advance(30_000)
  expect(await tickets.redeem(early.ticket, grant.documentId)).toEqual(grant)
  clock.advance(1)
  expect(await tickets.redeem(late.ticket, grant.documentId)).toBeUndefined()
})

test('DOC-1: nobody else can make one', async () => {
  const { tickets } = office()
  const { ticket } = office(new Uint8Array(32).fill(2)).tickets.issue(grant)
  expect(await tickets.redeem(ticket, grant.documentId)).toBeUndefined()
  for (const wrong of ['', '.', 'x', 'x.y', `${ticket}${'x'.repeat(2_048)}`])
    expect(await tickets.redeem(wrong, grant.documentId)).toBeUndefined()
})
