import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import type { DocumentKind, DocumentScope } from '../../search-engine.ts'

export interface DocumentRow {
  readonly kind: DocumentKind
  readonly id: string
  readonly workspaceId: string | null
  readonly roomId: string | null
  readonly bookId: string | null
  readonly accountId: string
  readonly privateTo: string | null
  readonly title: string
  readonly text: string
  readonly latin: string
  /** Chinese words, separated by blanks. */
  readonly han: string
  readonly words: string
}

export async function saveDocuments(tx: Tx, tenantId: string, rows: readonly DocumentRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into search_documents (tenant_id, kind, id, workspace_id, room_id, book_id, account_id, private_to, title, text, terms, words)
    select ${tenantId}::uuid, kind, id, workspace_id, room_id, book_id, account_id, private_to, title, text,
      to_tsvector('english', latin) || to_tsvector('simple', han), to_tsvector('simple', words)
    from unnest(${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ workspaceId }) => workspaceId)}::uuid[], ${rows.map(({ roomId }) => roomId)}::uuid[],
      ${rows.map(({ bookId }) => bookId)}::uuid[], ${rows.map(({ accountId }) => accountId)}::uuid[],
      ${rows.map(({ privateTo }) => privateTo)}::uuid[], ${rows.map(({ title }) => title)}::text[],
      ${rows.map(({ text }) => text)}::text[], ${rows.map(({ latin }) => latin)}::text[],
      ${rows.map(({ han }) => han)}::text[], ${rows.map(({ words }) => words)}::text[])
      as u(kind, id, workspace_id, room_id, book_id, account_id, private_to, title, text, latin, han, words)
    on conflict (tenant_id, kind, id) do update set workspace_id = excluded.workspace_id, book_id = excluded.book_id,
      account_id = excluded.account_id, private_to = excluded.private_to, title = excluded.title, text = excluded.text,
      terms = excluded.terms, words = excluded.words, updated_at = now()`.execute(tx.db)
}

export async function deleteDocuments(tx: Tx, kind: DocumentKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db.deleteFrom('search_documents').where('kind', '=', kind).where('id', 'in', ids).execute()
}

export async function deleteDocumentsOfBook(tx: Tx, bookId: string): Promise<void> {
  await tx.db
    .deleteFrom('search_documents')
    .where('book_id', '=', bookId)
    .where('kind', 'in', ['book', 'highlight', 'note'])
    .execute()
}

export interface ScoredDocument {
  kind: DocumentKind
  id: string
  book_id: string | null
  account_id: string
  title: string
  text: string
  updated_at: Date
  score: number
  /** Matches of this kind in all. */
  total: number
}

export interface DocumentTerms {
  /** `to_tsquery` text over words: phrases, prefixes, runs of Chinese. */
  readonly words: string | null
  readonly latin: string
  readonly han: readonly string[]
  /** The words query must match, it is not merely another way to be found. */
  readonly strict: boolean
}

const CANDIDATES = 5000

/** BM25 from the vectors themselves; how common a term is, is counted among the visible candidates of a kind. */
export async function rankDocuments(
  tx: Tx,
  query: DocumentTerms,
  scope: DocumentScope,
  limit: number,
): Promise<ScoredDocument[]> {
  const { rows } = await sql<ScoredDocument>`
    with wanted as materialized (
      select array(select lexeme from unnest(to_tsvector('english', ${query.latin}))) || ${[...query.han]}::text[] as lexemes
    ),
    candidates as materialized (
      select d.* from wanted, stoa.documents_matching(
        (select string_agg(quote_literal(lexeme), ' | ')::tsquery from unnest(wanted.lexemes) as lexeme),
        to_tsquery('simple', ${query.words}), ${[...scope.kinds]}::text[], ${[...scope.roomIds]}::uuid[], ${CANDIDATES}) m
      join search_documents d on d.kind = m.kind and d.id = m.id
      where (d.room_id is not null or d.workspace_id = any(${[...scope.workspaceIds]}::uuid[]))
        and (d.private_to is null or d.private_to = ${scope.accountId})
        and (${scope.bookId ?? null}::uuid is null or d.book_id = ${scope.bookId ?? null}::uuid)
        and (${scope.authorId ?? null}::uuid is null or d.account_id = ${scope.authorId ?? null}::uuid)
        and (not ${query.strict} or d.words @@ to_tsquery('simple', ${query.words}))
    ),
    sizes as materialized (
      select kind, count(*)::real as documents, greatest(avg(length(terms)), 1)::real as average from candidates group by kind
    ),
    occurrences as materialized (
      select c.kind, c.id, t.lexeme, cardinality(t.positions)::real as tf, length(c.terms)::real as len
      from candidates c, wanted, unnest(c.terms) t where t.lexeme = any(wanted.lexemes)
    ),
    weights as materialized (
      select o.kind, o.lexeme, ln(1 + (s.documents - count(*) + 0.5) / (count(*) + 0.5)) + 0.1 as idf
      from occurrences o join sizes s using (kind) group by o.kind, o.lexeme, s.documents
    ),
    ranked as (
      select c.kind, c.id, coalesce(sum(w.idf * o.tf * 2.2 / (o.tf + 1.2 * (0.25 + 0.75 * o.len / s.average))), 0)
          + case when c.words @@ to_tsquery('simple', ${query.words}) then 0.5 else 0.01 end as score
      from candidates c join sizes s on s.kind = c.kind
      left join occurrences o on o.kind = c.kind and o.id = c.id
      left join weights w on w.kind = o.kind and w.lexeme = o.lexeme
      group by c.kind, c.id, c.words
    ),
    placed as (
      select kind, id, score, row_number() over (partition by kind order by score desc, id) as place,
        count(*) over (partition by kind)::integer as total
      from ranked
    )
    select c.kind, c.id, c.book_id, c.account_id, c.title, c.text, c.updated_at, p.score::real as score, p.total
    from placed p join candidates c on c.kind = p.kind and c.id = p.id
    where p.place <= ${limit} order by p.score desc, c.id`.execute(tx.db)
  return rows
}
