/** Writes on boards in the name of members: the key in force, dates that follow their causes, names that go with keys. */
import { type Author, issueRecord, nextTime, type ReadRecord, type RecordBody } from '@stoa/records'
import type { Tx } from '../../platform/database/database.ts'
import type { BoardParts } from './components.ts'
import { boardNotFound, problemOf } from './errors.ts'
import type { Keyring } from './keys.ts'
import { OpenBoard } from './ledger.ts'
import { claimOf } from './store/names.ts'
import { rotationsOn } from './store/records.ts'

type Parts = Pick<BoardParts, 'clock' | 'folds' | 'keys' | 'signatures' | 'people' | 'search'>

export interface Writer {
  readonly tenantId: string
  readonly accountId: string
}

/** Signs and writes one record. `compose` sees the board under its lock. @throws Problem when it would not count */
export async function writeRecord(
  parts: Parts,
  tx: Tx,
  writer: Writer,
  boardId: string,
  compose: (open: OpenBoard, authorId: string) => RecordBody,
): Promise<{ readonly record: ReadRecord; readonly open: OpenBoard; readonly authorId: string }> {
  const { tenantId, accountId } = writer
  const keyring = await parts.keys.keyring(tx, tenantId, accountId)
  const at = new Date(parts.clock.now())
  const borrowed = await parts.folds.borrow(tx, tenantId, boardId)
  if (!borrowed) throw boardNotFound()
  const open = new OpenBoard({ tenantId, boardId, at, peerId: null }, borrowed.board, borrowed.fold)
  const record = await say(parts, tx, writer, open, keyring, compose(open, keyring.authorId))
  return { record, open, authorId: keyring.authorId }
}

/** Begins a board, owned by the writer. */
export async function beginBoard(
  parts: Parts,
  tx: Tx,
  writer: Writer,
  { title, access }: { readonly title: string; readonly access: 'open' | 'granted' },
): Promise<OpenBoard> {
  const { tenantId, accountId } = writer
  const keyring = await parts.keys.keyring(tx, tenantId, accountId)
  const createdAt = parts.clock.now()
  const [first] = keyring.keys
  if (!first) throw new TypeError('A keyring holds a key.')
  const envelope = { board: null, createdAt, after: [] }
  const beginning = issueRecord(first, envelope, { kind: 'board', title, access }, parts.signatures)
  const at = new Date(createdAt)
  const { board, fold } = await parts.folds.borrowOrMake(tx, tenantId, beginning.id, at)
  const open = new OpenBoard({ tenantId, boardId: beginning.id, at, peerId: null }, board, fold)
  open.add(beginning)
  await introduce(parts, tx, writer, open, keyring)
  await open.write(tx, parts)
  return open
}

async function say(
  parts: Parts,
  tx: Tx,
  writer: Writer,
  open: OpenBoard,
  keyring: Keyring,
  body: RecordBody,
): Promise<ReadRecord> {
  await introduce(parts, tx, writer, open, keyring)
  const record = sign(parts, open, inForce(keyring), body)
  const reason = open.add(record)
  if (reason) throw problemOf(reason)
  await open.write(tx, parts)
  return record
}

/** Tells the board the author's newer keys, and their name where this node has not said it yet. */
async function introduce(
  parts: Parts,
  tx: Tx,
  writer: Writer,
  open: OpenBoard,
  keyring: Keyring,
): Promise<void> {
  await tellRotations(parts, tx, open, keyring)
  const name = (await parts.people(tx, [writer.accountId])).get(writer.accountId) ?? ''
  const node = await parts.keys.keyring(tx, writer.tenantId, null)
  if ((await claimOf(tx, keyring.authorId, node.authorId)) === name) return
  const bind = {
    kind: 'bind',
    subject: keyring.authorId,
    member: writer.accountId,
    name: name.slice(0, 64),
  } as const
  open.add(sign(parts, open, inForce(node), bind))
}

/** Signs, each with the key before it, the changes of key that this board has not been told of. */
export async function tellRotations(
  parts: Pick<BoardParts, 'clock' | 'signatures'>,
  tx: Tx,
  open: OpenBoard,
  { authorId, keys }: Keyring,
): Promise<void> {
  if (keys.length === 1) return
  for (let n = await rotationsOn(tx, open.fold.boardId, authorId); n + 1 < keys.length; n++) {
    const [before, next] = [keys[n], keys[n + 1]]
    if (!before || !next) return
    open.add(
      sign(parts, open, before, { kind: 'rotate', newKey: Buffer.from(next.publicKey).toString('hex') }),
    )
  }
}

function inForce({ keys }: Keyring): Author {
  const key = keys.at(-1)
  if (!key) throw new TypeError('A keyring holds a key.')
  return key
}

function sign(
  { clock, signatures }: Pick<BoardParts, 'clock' | 'signatures'>,
  { fold }: OpenBoard,
  author: Author,
  body: RecordBody,
): ReadRecord {
  const after = fold.headsOf(author.id)
  const causes = [...after, ...targetsOf(body)].flatMap((id) => fold.record(id) ?? [])
  const createdAt = nextTime(clock.now(), causes)
  return issueRecord(author, { board: fold.boardId, createdAt, after }, body, signatures)
}

function targetsOf(body: RecordBody): string[] {
  if ('target' in body) return [body.target]
  return body.kind === 'comment' ? [body.root, body.parent] : []
}
