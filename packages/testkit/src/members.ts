import { type Client, createClient } from '@stoa/sdk'
import { accessToken, createTenant, type TestMember, type TestTenant } from './identity.ts'
import type { TestProgram } from './program.ts'

export { ApiError } from '@stoa/sdk'

export type Signed = TestMember & { readonly client: Client }

/** An organisation in a running program, each of its members with a client that is signed in. */
export interface SignedTenant extends Omit<TestTenant, 'owner' | 'admin' | 'member' | 'guest'> {
  readonly owner: Signed
  readonly admin: Signed
  readonly member: Signed
  readonly guest: Signed
}

export async function signedTenant(stoa: TestProgram, name?: string): Promise<SignedTenant> {
  const tenant = await createTenant(stoa.db, name)
  const sign = async (member: TestMember): Promise<Signed> => {
    const token = await accessToken(stoa, member)
    return { ...member, client: createClient({ baseUrl: stoa.url, tokens: { get: async () => token } }) }
  }
  const { owner, admin, member, guest, ...rest } = tenant
  return {
    ...rest,
    owner: await sign(owner),
    admin: await sign(admin),
    member: await sign(member),
    guest: await sign(guest),
  }
}

/** Uploads a file the way a browser does: reserve, PUT to the signed address, make the book. */
export async function uploadBook(
  stoa: Pick<TestProgram, 'url'>,
  client: Client,
  file: { name: string; bytes: Uint8Array },
  more: { id?: string; shelf_ids?: string[] } = {},
) {
  const upload = await client.call('createUpload', { body: { filename: file.name, size: file.bytes.length } })
  const { url, method, headers } = upload.transfer
  const body = file.bytes as Uint8Array<ArrayBuffer>
  const put = await fetch(new URL(url, stoa.url), { method, headers, body })
  if (!put.ok) throw new Error(`PUT ${put.status}: ${await put.text()}`)
  return client.call('createBook', { body: { upload_id: upload.id, ...more } })
}

/** Waits until the book has been read in, or has failed; told by the event stream's source, not by a clock. */
export async function settledBook(client: Client, bookId: string) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const book = await client.call('getBook', { path: { book_id: bookId } })
    if (book.state === 'ACTIVE' || book.state === 'FAILED') return book
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`book ${bookId} was not read in within a minute`)
}
