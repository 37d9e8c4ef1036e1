import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { uuidv7 } from '@stoa/kernel'
import { type Client, errorOf, type Output } from '@stoa/sdk'
import { CliError } from '../errors.ts'

type Listed = Output<'listDocuments'>['items'][number]
export type Format = 'markdown' | 'html' | 'docx' | 'epub'

const EXTENSIONS: Readonly<Record<Format, string>> = {
  markdown: 'md',
  html: 'html',
  docx: 'docx',
  epub: 'epub',
}

/** Every document that may be read, what was edited last first. */
async function allDocuments(client: Client, query: { query?: string } = {}): Promise<Listed[]> {
  const found: Listed[] = []
  for (let cursor: string | undefined; ; ) {
    const page: Output<'listDocuments'> = await client.call('listDocuments', {
      query: { limit: 200, ...query, ...(cursor !== undefined && { cursor }) },
    })
    found.push(...page.items)
    if (page.next_cursor === null) return found
    cursor = page.next_cursor
  }
}

/** `stoa documents list`: documents, the newest edit first. */
export async function listDocuments(
  client: Client,
  options: { json?: boolean },
  print: (text: string) => void,
): Promise<void> {
  const documents = await allDocuments(client)
  if (options.json) print(JSON.stringify(documents, null, 2))
  else print(documents.length === 0 ? 'No documents yet.' : documents.map(line).join('\n'))
}

const line = ({ id, title, word_count, edited_at }: Listed): string =>
  `${id}  ${edited_at.slice(0, 16).replace('T', ' ')}  ${title || '(without a title)'}  (${word_count} words)`

/** The document that is meant: by id, by its title, or by the beginning of its title where only one begins so. */
async function documentNamed(client: Client, wanted: string): Promise<Listed> {
  const documents = await allDocuments(client)
  const name = wanted.toLowerCase()
  const exact = documents.filter((one) => one.id === name || one.title.toLowerCase() === name)
  const found = exact.length > 0 ? exact : documents.filter((one) => one.title.toLowerCase().startsWith(name))
  const [document, other] = found
  if (document && !other) return document
  const what = other ? 'Several documents are called so' : `There is no document ${wanted}`
  const names = (other ? found : documents).slice(0, 12).map((one) => `${one.title} (${one.id})`)
  throw new CliError('cli.usage', `${what}: ${names.join(', ') || 'no documents yet'}.`)
}

/** `stoa documents export DOCUMENT`: as a file; answers its path. */
export async function exportDocument(
  client: Client,
  wanted: string,
  options: { readonly format: Format; readonly out?: string },
  print: (text: string) => void,
): Promise<string> {
  const { id, title } = await documentNamed(client, wanted)
  const { format } = options
  const { data, response, error } = await client.http.GET('/api/v1/documents/{document_id}/export', {
    params: { path: { document_id: id }, query: { format } },
    parseAs: 'arrayBuffer',
  })
  if (data === undefined) throw errorOf(response, error)
  const name = title.replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ').trim() || id
  const path = options.out ?? `${name}.${EXTENSIONS[format]}`
  await writeFile(path, new Uint8Array(data), { flag: options.out === undefined ? 'wx' : 'w' }).catch(
    (cause: unknown) => {
      throw new CliError(
        'cli.usage',
        `${path} cannot be written. Is it there already? Name another with --out.`,
        { cause },
      )
    },
  )
  print(path)
  return path
}

/** `stoa documents import FILE`: a Markdown or DOCX file as a new document; prints its id. */
export async function importDocument(
  client: Client,
  path: string,
  { origin, workspace }: { readonly origin: string; readonly workspace?: string },
  print: (text: string) => void,
): Promise<string> {
  const { items } = await client.call('listWorkspaces', {})
  const place =
    workspace === undefined ? items[0] : items.find((one) => one.id === workspace || one.name === workspace)
  if (!place) throw new CliError('cli.usage', `There is no workspace ${workspace ?? 'to write in'}.`)
  const file = await openAsBlob(path)
  const id = uuidv7()
  const { put } = await client.call('createDocumentImport', {
    body: { id, workspace_id: place.id, filename: basename(path), size: file.size },
  })
  const { url, method, headers } = put
  const sent = await fetch(new URL(url, origin), { method, headers, body: file })
  if (!sent.ok) throw new CliError('cli.usage', `The file was not taken: ${sent.status}.`)
  const { document, left_out } = await client.call('completeDocumentImport', { path: { import_id: id } })
  if (left_out.length > 0) print(`Left out: ${left_out.join(', ')}`)
  print(document.id)
  return document.id
}
