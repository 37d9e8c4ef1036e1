import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { JobDefinition, JobRun } from '../../../platform/jobs/jobs.ts'
import type { PassageText } from '../../../platform/search/search-engine.ts'
import { announceBook } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { discard } from '../discard.ts'
import { FileError } from '../formats/errors.ts'
import type { BookAnalysis, Passage } from '../formats/types.ts'
import { contentKey } from '../keys.ts'
import { indexBook, passageText } from '../searchable.ts'
import {
  type BookIdentity,
  booksOfContent,
  type StoredFailure,
  setBookProgress,
  updateBook,
} from '../store/books.ts'
import {
  type ContentRow,
  deletePassages,
  findContent,
  finishExtraction,
  insertPassages,
  saveAnalysis,
} from '../store/contents.ts'
import { type FoundMetadata, foundChanges } from './apply-metadata.ts'
import type { AnalysedFile, BookReader } from './book-reader.ts'
import { READ_IN } from './job-name.ts'
import { ContentGone, storeCover, storeEdition } from './stored-files.ts'

interface ReadInData {
  readonly tenantId: string
  readonly contentId: string
}

type Components = LibraryComponents & { readonly reader: BookReader }

/** Analysis is the first fifth of the way, passages the rest. */
const ANALYSED = 0.2
const PROGRESS_EVERY_MS = 300

/**
 * Reads one file in, for every book that shows it. Each step looks at what is stored and goes on from there, so that the
 * job may be cut off anywhere and repeated: analysis is saved as a whole, passages count only once all are there.
 */
export function readInJob(components: Components): JobDefinition<ReadInData> {
  return {
    name: READ_IN,
    retryLimit: 4,
    concurrency: 2,
    expireInSeconds: 1800,
    run: (job) => readIn(components, job),
    onExhausted: (job, error) =>
      fail(components, job.data, {
        code: 'book.processing_failed',
        message: 'Reading the file in failed for a reason that is not in the file.',
        details: { reason: error.message.slice(0, 300) },
        retryable: true,
        failedAt: new Date(components.clock.now()).toISOString(),
      }),
  }
}

async function readIn(components: Components, job: JobRun<ReadInData>): Promise<void> {
  const { database, clock } = components
  const actor = { tenantId: job.data.tenantId, accountId: null }
  const { content, books } = await database.tenantRead(actor, async (tx) => ({
    content: await findContent(tx, job.data.contentId),
    books: await booksOfContent(tx, job.data.contentId),
  }))
  const waiting = books.filter((book) => book.state !== 'ACTIVE')
  if (!content || waiting.length === 0) return
  try {
    await withFile(components, job.data, content, waiting, async (file) => {
      const known = content.analysed_at === null ? await analyse(components, job, file) : undefined
      if (known === undefined) await applyToBooks(components, job.data)
      if (content.extracted_at === null) await extract(components, job, file, known)
    })
    await activate(components, job.data)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const { code, message, params } = error
    const failedAt = new Date(clock.now()).toISOString()
    job.log.warn({ action: 'book_refused', content_id: content.id, code })
    await fail(components, job.data, { code, message, details: params, retryable: false, failedAt })
  }
}

/** The file on the local disk, for as long as `use` runs; only fetched when there is something to do with it. */
async function withFile(
  { blobs, temporaryFolder }: Components,
  { tenantId, contentId }: ReadInData,
  content: ContentRow,
  books: readonly BookIdentity[],
  use: (file: { path: string; name: string }) => Promise<void>,
): Promise<void> {
  const name = books[0]?.filename ?? contentId
  await mkdir(temporaryFolder, { recursive: true })
  const path = join(temporaryFolder, contentId)
  try {
    if (content.extracted_at === null) {
      const source = await blobs.get(contentKey(tenantId, content.sha256))
      await pipeline(source, createWriteStream(path, { mode: 0o600 }))
    }
    await use({ path, name })
  } finally {
    await rm(path, { force: true })
  }
}

async function analyse(
  components: Components,
  job: JobRun<ReadInData>,
  file: { path: string; name: string },
): Promise<BookAnalysis> {
  const { tenantId, contentId } = job.data
  const found = await components.reader.analyse(file, job.signal)
  const { analysis } = found
  const [edition, cover] = [
    await storeEdition(components, job.data, found),
    await storeCover(components, job.data, found),
  ]
  const saved = await components.database.tenant({ tenantId, accountId: null }, async (tx) => {
    const known = await saveAnalysis(tx, contentId, {
      format: analysis.format,
      mediaType: analysis.mediaType,
      readingSha256: edition?.sha256 ?? null,
      readingSize: edition?.size ?? null,
      metadata: metadataOf(found),
      toc: analysis.toc,
      sections: analysis.sections,
      pageLabels: analysis.pageLabels ?? [],
      warnings: analysis.warnings,
      cover,
    })
    if (!known) {
      const keys = cover ? [cover.smallKey, cover.largeKey] : []
      await discard(tx, tenantId, { keys, digests: [edition?.sha256 ?? null] })
    }
    return known
  })
  if (!saved) throw new ContentGone()
  await applyToBooks(components, job.data)
  job.log.info({ action: 'book_analysed', content_id: contentId, format: analysis.format })
  return analysis
}

function metadataOf({ analysis }: AnalysedFile): FoundMetadata {
  const {
    title,
    authors,
    language,
    publisher,
    published,
    description,
    series,
    identifiers,
    direction,
    pageCount,
  } = analysis
  return {
    format: analysis.format,
    title,
    authors,
    language: language ?? null,
    publisher: publisher ?? null,
    published: published ?? null,
    description: description ?? null,
    series: series?.name ?? null,
    series_index: series?.index ?? null,
    identifiers: identifiers.map(({ scheme, value }) => ({ scheme, value })),
    direction,
    page_count: pageCount ?? null,
  }
}

/** Gives every waiting book what was found in the file, except what a person corrected. */
async function applyToBooks(components: Components, { tenantId, contentId }: ReadInData): Promise<void> {
  await components.database.tenant({ tenantId, accountId: null }, async (tx) => {
    for (const { book, changes } of await foundChanges(tx, contentId)) {
      await updateBook(tx, book.id, { ...changes, state: 'PROCESSING', progress: ANALYSED })
      await indexBook(components, tx, tenantId, book.id)
      await announceBook(tx, 'book.updated', book, { state: 'PROCESSING', progress: ANALYSED })
    }
  })
}

/** Passages are stored together, so many or so often: every time costs a commit. */
const STORED_TOGETHER = 512

async function extract(
  components: Components,
  job: JobRun<ReadInData>,
  file: { path: string; name: string },
  known: BookAnalysis | undefined,
): Promise<void> {
  const { database, clock, reader, search } = components
  const { tenantId, contentId } = job.data
  const actor = { tenantId, accountId: null }
  await database.tenant(actor, (tx) => deletePassages(tx, contentId))
  const texts: PassageText[] = []
  let [words, waiting, storedAt]: [number, Passage[], number] = [0, [], clock.now()]
  for await (const batch of reader.passages(file, job.signal, known)) {
    job.signal.throwIfAborted()
    waiting.push(...batch)
    words += batch.reduce((sum, passage) => sum + passage.words, 0)
    texts.push(
      ...batch.map(({ ord, text, sectionPath }) => passageText({ ord, text, section_path: sectionPath })),
    )
    const due = clock.now() - storedAt >= PROGRESS_EVERY_MS
    if (!due && waiting.length < STORED_TOGETHER) continue
    await store(components, job.data, waiting, due)
    waiting = []
    if (due) storedAt = clock.now()
  }
  const writeIndex = await database.tenant(actor, (tx) => search.prepareContent(tx, texts))
  await database.tenant(actor, async (tx) => {
    await insertPassages(tx, tenantId, contentId, waiting)
    await writeIndex(tx, tenantId, contentId)
    await finishExtraction(tx, contentId, words, texts.length)
  })
}

/** Stores passages, and says how far that is. */
async function store(
  { database }: Components,
  { tenantId, contentId }: ReadInData,
  passages: readonly Passage[],
  announce: boolean,
): Promise<void> {
  const progress = ANALYSED + (1 - ANALYSED) * (passages.at(-1)?.locator.fraction ?? 0)
  await database.tenant({ tenantId, accountId: null }, async (tx) => {
    await insertPassages(tx, tenantId, contentId, passages)
    for (const book of announce ? await setBookProgress(tx, contentId, Math.min(progress, 0.99)) : []) {
      await announceBook(tx, 'book.updated', book, { state: 'PROCESSING', progress })
    }
  })
}

async function activate({ database }: Components, { tenantId, contentId }: ReadInData): Promise<void> {
  await database.tenant({ tenantId, accountId: null }, async (tx) => {
    const content = await findContent(tx, contentId)
    for (const book of await booksOfContent(tx, contentId)) {
      if (book.state === 'ACTIVE') continue
      await updateBook(tx, book.id, {
        state: 'ACTIVE',
        progress: 1,
        failure: null,
        word_count: content?.word_count ?? null,
      })
      await announceBook(tx, 'book.updated', book, { state: 'ACTIVE', progress: 1 })
    }
  })
}

async function fail({ database }: Components, data: ReadInData, failure: StoredFailure): Promise<void> {
  await database.tenant({ tenantId: data.tenantId, accountId: null }, async (tx) => {
    for (const book of await booksOfContent(tx, data.contentId)) {
      if (book.state === 'ACTIVE') continue
      await updateBook(tx, book.id, { state: 'FAILED', failure })
      await announceBook(tx, 'book.updated', book, { state: 'FAILED', code: failure.code })
    }
  })
}
