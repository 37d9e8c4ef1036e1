import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import { parseQuery } from '@stoa/server/platform/search/query.ts'
import { hanWords, latinText } from '@stoa/server/platform/search/segment.ts'
import type { Bench, Figure } from '../../tools/bench/row.ts'
import { addBooks, type Installation, startInstallation } from '../support/installation.ts'
import { chineseSet } from './chinese.ts'
import { faqSet } from './faq.ts'
import { type LabelledSet, placeOf, sample } from './labelled.ts'
import { mean, ndcg10, recall20 } from './measures.ts'
import { naveSet } from './nave.ts'

const HITS = 20
const PACKAGES = 'libsword-utils sword-dict-naves sword-text-kjv perl-doc debian-faq debian-faq-zh-cn'

type Ranker = (query: string) => Promise<string[]>

/** A question as nothing but words: quotation marks in it name a thing, and do not ask for exact words. */
const asFreeText = (question: string): string => question.replace(/["“”「」『』*]/g, ' ')

/** The engine that the program uses, over everything. */
async function ours(installation: Installation, { books }: LabelledSet): Promise<Ranker> {
  const engine = createPostgresSearch()
  const contentIds = await addBooks(installation, books.length)
  const { tenantId, owner } = installation.tenant
  for (const [book, texts] of books.entries()) {
    const passages = texts.map((text, ord) => ({ ord, text, headings: [] }))
    await installation.database.tenant({ tenantId, accountId: owner.accountId }, (tx) =>
      engine.indexContent(tx, tenantId, contentIds[book] as string, passages),
    )
  }
  const bookOf = new Map(contentIds.map((id, book) => [id, book]))
  return async (query) => {
    const { hits } = await installation.as((tx) =>
      engine.searchPassages(tx, parseQuery(asFreeText(query)), { contentIds }, HITS),
    )
    return hits.map(({ contentId, ord }) => placeOf(bookOf.get(contentId) ?? -1, ord))
  }
}

/** PostgreSQL's own ranking: any of the words, `ts_rank` divided by the logarithm of the length. */
async function tsRank({ sql }: Installation, { books }: LabelledSet): Promise<Ranker> {
  await sql('create table public.peer (place text primary key, words tsvector not null)')
  for (const [book, texts] of books.entries()) {
    await sql(
      `insert into public.peer select place, to_tsvector('english', latin) || to_tsvector('simple', han)
       from unnest($1::text[], $2::text[], $3::text[]) as x(place, latin, han)`,
      [
        texts.map((_, ord) => placeOf(book, ord)),
        texts.map(latinText),
        texts.map((text) => hanWords(text).join(' ')),
      ],
    )
  }
  return async (query) => {
    const { rows } = await sql(
      `with wanted as materialized (
         select string_agg(quote_literal(lexeme), ' | ')::tsquery as any_word
         from unnest(to_tsvector('english', $1) || to_tsvector('simple', $2))
       )
       select place from public.peer, wanted where words @@ any_word
       order by ts_rank(words, any_word, 1) desc, place limit ${HITS}`,
      [latinText(query), hanWords(query).join(' ')],
    )
    return rows.map(({ place }: { place: string }) => place)
  }
}

async function scores(
  rank: Ranker,
  { queries, unitOf }: LabelledSet,
): Promise<{ ndcg: number; recall: number }> {
  const [ndcg, recall]: [number[], number[]] = [[], []]
  for (const { text, relevant } of queries) {
    const ranked = [...new Set((await rank(text)).map(unitOf))]
    ndcg.push(ndcg10(ranked, relevant))
    recall.push(recall20(ranked, relevant))
  }
  return { ndcg: mean(ndcg), recall: mean(recall) }
}

/** How well passages are ranked, on questions whose answers are known. */
export const run: Bench = async ({ quick, log }) => {
  const figures: Figure[] = []
  for (const make of [naveSet, faqSet, chineseSet]) {
    const found = make()
    if (!found) throw new Error(`The texts are not here: apt-get install ${PACKAGES}`)
    const set = { ...found, queries: sample(found.queries, quick ? 40 : found.queries.length) }
    await using installation = await startInstallation()
    const passages = set.books.flat().length
    log(`${set.name}: ${set.queries.length} queries over ${passages} passages`)
    const [own, peer] = [
      await scores(await ours(installation, set), set),
      await scores(await tsRank(installation, set), set),
    ]
    const name = `${set.name}: ${set.queries.length} queries, ${passages} passages`
    for (const [metric, value, peerValue] of [
      ['nDCG@10', own.ndcg, peer.ndcg],
      ['recall@20', own.recall, peer.recall],
    ] as const) {
      figures.push({ case: name, metric, value, unit: '', peer: 'ts_rank', peerValue })
    }
  }
  return figures
}
