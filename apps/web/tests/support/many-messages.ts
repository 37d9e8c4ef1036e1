import { uuidv7 } from '@stoa/kernel'
import type { SignedTenant } from '@stoa/testkit/members'
import type { TestProgram } from '@stoa/testkit/program'

/** A room in which so much was said, one message a minute until now, straight into the database. Gives its id. */
export async function roomWithMessages(
  { db }: TestProgram,
  { tenantId, workspaceId, owner, member, admin }: SignedTenant,
  count: number,
): Promise<string> {
  const body = { id: uuidv7(), workspace_id: workspaceId, name: 'Long talk', member_ids: [member.accountId] }
  const room = await owner.client.call('createRoom', { body })
  await db.sql(
    `insert into stoa.messages (tenant_id, room_id, sequence, id, revision, account_id, body, created_at)
     select $1, $2, n, gen_random_uuid(), n, ($3::uuid[])[1 + (n / 3) % 3],
       'Message ' || n || '. ' || repeat('It requires a training such as the athletes underwent. ', n % 7),
       now() - make_interval(mins => $4::integer - n)
     from generate_series(1, $4::integer) as n`,
    [tenantId, room.id, [owner.accountId, member.accountId, admin.accountId], count],
  )
  await db.sql(
    'update stoa.rooms set last_sequence = $2, last_revision = $2, last_message_at = now() where id = $1',
    [room.id, count],
  )
  // Read to the end: it opens at the newest message.
  await db.sql(
    'update stoa.room_members set read_sequence = $2, delivered_sequence = $2 where room_id = $1',
    [room.id, count],
  )
  return room.id
}
