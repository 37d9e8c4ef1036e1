import { randomUUID } from 'node:crypto'
import { type Clock, systemClock, uuidv7 } from '@stoa/kernel'
import { type Client, createClient, type Output } from '@stoa/sdk'
import type { Role } from '@stoa/server/platform/database/database.ts'
import {
  accessToken,
  addMember,
  addSession,
  createTenant,
  type TestMember,
  type TestTenant,
} from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'

export type Book = Output<'getBook'>

/** Somebody who can call: a member with a token and a client that carries it. */
export interface Caller {
  readonly member: TestMember
  readonly token: string
  readonly client: Client
  readonly baseUrl: string
}

/**
 * A program with two organisations in it. `ours` has a caller of every role and some content; `stranger` owns the other one
 * and must not see a trace of ours.
 */
export class World {
  readonly stoa: TestProgram
  readonly tenant: TestTenant
  readonly ours: Readonly<Record<Role, Caller>>
  readonly stranger: Caller
  /** Our owner's token of an hour ago. */
  readonly expired: string
  /** Read in and ready. */
  readonly book: Book
  #later = 0

  private constructor(parts: Pick<World, 'stoa' | 'tenant' | 'ours' | 'stranger' | 'expired' | 'book'>) {
    this.stoa = parts.stoa
    this.tenant = parts.tenant
    this.ours = parts.ours
    this.stranger = parts.stranger
    this.expired = parts.expired
    this.book = parts.book
  }

  static async create(): Promise<World> {
    const clock = new ShiftedClock()
    const stoa = await startProgram({ clock })
    const tenant = await createTenant(stoa.db, 'Ours')
    const other = await createTenant(stoa.db, 'Theirs')
    const caller = (member: TestMember) => callerOf(stoa, member)
    const [owner, admin, member, guest, stranger] = await Promise.all(
      [tenant.owner, tenant.admin, tenant.member, tenant.guest, other.owner].map(caller),
    )
    if (!owner || !admin || !member || !guest || !stranger) throw new Error('somebody is missing')
    clock.shift = -3_600_000
    const expired = await accessToken(stoa, tenant.owner)
    clock.shift = 0
    const ours = { owner, admin, member, guest }
    const { id } = await addBook(owner, tenant.workspaceId)
    const book = await readIn(owner.client, id)
    return new World({ stoa, tenant, ours, stranger, expired, book })
  }

  get owner(): Client {
    return this.ours.owner.client
  }

  /** A new member of our organisation, for what can be done to a member only once. */
  async newcomer(role: Role): Promise<Caller> {
    const { tenantId, workspaceId } = this.tenant
    return callerOf(this.stoa, await addMember(this.stoa.db, { tenantId, role, workspaceIds: [workspaceId] }))
  }

  newSession({ member }: Caller): Promise<string> {
    return addSession(this.stoa.db, member.accountId, this.tenant.tenantId)
  }

  /** A second way for a caller to sign in, so that it can be taken away again. */
  async newIdentity({ member }: Caller): Promise<string> {
    const id = uuidv7()
    await this.stoa.db.sql(
      'insert into stoa.account_emails (id, account_id, email, verified_at) values ($1, $2, $3, now())',
      [id, member.accountId, `${id}@example.org`],
    )
    return id
  }

  /** A book that nothing else in the tests uses. */
  newBook(): Promise<Book> {
    return addBook(this.ours.owner, this.tenant.workspaceId)
  }

  /** A book of its own that has been read in. */
  async readyBook(): Promise<Book> {
    return readIn(this.owner, (await this.newBook()).id)
  }

  /** The id of a book that could not be read in. */
  async failedBook(): Promise<string> {
    const { id } = await this.readyBook()
    await this.stoa.db.sql(`update stoa.books set state = 'FAILED' where id = $1`, [id])
    return id
  }

  /** A moment after every one asked for before. */
  later(): string {
    this.#later += 1
    return new Date(systemClock.now() + this.#later).toISOString()
  }

  /** Every id of ours that a stranger might stumble on. */
  secrets(): string[] {
    const { tenantId, workspaceId } = this.tenant
    const accounts = Object.values(this.ours).map(({ member }) => member.accountId)
    return [tenantId, workspaceId, this.book.id, ...accounts]
  }
}

function readIn(client: Client, bookId: string): Promise<Book> {
  return until('the book is read in', async () => {
    const book = await client.call('getBook', { path: { book_id: bookId } })
    if (book.state === 'FAILED') throw new Error(`the book failed: ${book.failure?.message}`)
    return book.state === 'ACTIVE' && book
  })
}

/** The machine's time, moved: to make tokens that have expired. */
class ShiftedClock implements Clock {
  shift = 0

  now(): number {
    return systemClock.now() + this.shift
  }
}

async function callerOf(stoa: TestProgram, member: TestMember): Promise<Caller> {
  const token = await accessToken(stoa, member)
  const baseUrl = stoa.url
  return { member, token, baseUrl, client: createClient({ baseUrl, tokens: { get: () => token } }) }
}

/** Uploads a text of its own and adds it to the library, as a browser does. */
async function addBook(caller: Caller, workspaceId: string): Promise<Book> {
  const upload_id = await upload(caller)
  return caller.client.call('createBook', { body: { upload_id, workspace_id: workspaceId } })
}

/** The id of an upload whose bytes are there and which no book has taken yet. */
export async function upload({ client, baseUrl }: Pick<Caller, 'client' | 'baseUrl'>): Promise<string> {
  const bytes = new TextEncoder().encode(`A book like no other.\n\nIts number is ${randomUUID()}.\n`)
  const { id, transfer } = await client.call('createUpload', {
    body: { filename: 'book.txt', size: bytes.length },
  })
  const sent = await fetch(new URL(transfer.url, baseUrl), {
    method: transfer.method,
    headers: transfer.headers,
    body: bytes,
  })
  if (!sent.ok) throw new Error(`the upload was refused: ${sent.status} ${await sent.text()}`)
  return id
}

export const newId = (): string => uuidv7()
