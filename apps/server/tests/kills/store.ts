import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CHUNK_BYTES } from '@stoa/records'
import pg from 'pg'

/** What a node has stored, looked at behind its back: its database as a superuser, and its folder. */
export interface Store {
  sql<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  readonly dataDir: string
}

/** The embedded PostgreSQL of a program, by what it logged at its start. */
export function embeddedStore(dataDir: string, output: string): Store {
  const [, home = ''] = /action=postgres_ready .*?home=(\S+)/.exec(output) ?? []
  const options = { host: join(home, 'run'), user: 'stoa_owner', database: 'stoa' }
  return {
    dataDir,
    async sql<Row extends pg.QueryResultRow>(text: string) {
      const client = new pg.Client(options)
      await client.connect()
      try {
        return (await client.query<Row>(text)).rows
      } finally {
        await client.end()
      }
    },
  }
}

/** Every record by its id, with the hash of its bytes: the id is that hash. */
export async function recordsOf({ sql }: Store): Promise<string[]> {
  const rows = await sql<{ id: string; hash: string }>(
    `select encode(id, 'hex') as id, encode(sha256(bytes), 'hex') as hash from stoa.board_records order by id`,
  )
  const damaged = rows.filter(({ id, hash }) => id !== hash)
  if (damaged.length > 0) throw new Error(`Records whose bytes are not theirs: ${JSON.stringify(damaged)}`)
  return rows.map(({ id }) => id)
}

/** Boards, posts and comments as the records fold into them: what does not differ from node to node. */
export async function viewOf({ sql }: Store): Promise<{ boards: object[]; posts: object[] }> {
  const boards = await sql(
    `select encode(id, 'hex') as id, title, access, encode(owner_id, 'hex') as owner, accepted, kept_out, post_count,
       created_at, last_active_at from stoa.boards order by id`,
  )
  const posts = await sql(
    `select encode(id, 'hex') as id, encode(board_id, 'hex') as board, encode(root_id, 'hex') as root,
       encode(parent_id, 'hex') as parent, encode(author_id, 'hex') as author, title, encode(content_digest, 'hex') as digest,
       content_size::float8 as content_size, content_type, media, edited_at, deleted, encode(hidden_by, 'hex') as hidden_by, hidden_reason, locked,
       pinned, comment_count, last_active_at, created_at from stoa.posts order by id`,
  )
  return { boards, posts }
}

interface ContentOnDisk {
  tenant: string
  digest: string
  size: string
  bytes: Buffer | null
  in_storage: boolean
  chunks: string[]
}

/** Content that says it is here with all its parts, and is not, or not as its hash says. */
export async function damagedContents({ sql, dataDir }: Store): Promise<{ here: number; damaged: string[] }> {
  const rows = await sql<ContentOnDisk>(
    `select c.tenant_id::text as tenant, encode(c.digest, 'hex') as digest, c.size, c.bytes, c.in_storage,
       array(select encode(k.chunk_digest, 'hex') from stoa.content_chunks k
         where k.tenant_id = c.tenant_id and k.digest = c.digest order by k.ordinal) as chunks
     from stoa.content_blobs c where c.whole`,
  )
  const damaged: string[] = []
  for (const row of rows) if (!(await isSound(row, dataDir))) damaged.push(row.digest)
  return { here: rows.length, damaged }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function isSound(
  { tenant, digest, size, bytes, in_storage, chunks }: ContentOnDisk,
  dataDir: string,
): Promise<boolean> {
  if (!in_storage) return bytes !== null && bytes.length === Number(size) && sha256(bytes) === digest
  const path = join(dataDir, 'blobs', 'tenants', tenant, 'content', digest)
  const file = await readFile(path).catch(() => undefined)
  if (!file || file.length !== Number(size)) return false
  if (chunks.length === 0) return sha256(file) === digest
  // Of what is above a megabyte the hash is the manifest's, and each chunk has its own.
  const right = chunks.every(
    (chunk, n) => sha256(file.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)) === chunk,
  )
  return right && bytes !== null && sha256(bytes) === digest
}
