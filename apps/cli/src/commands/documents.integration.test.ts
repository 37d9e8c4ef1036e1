import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportDocument, importDocument, listDocuments } from './documents.ts'

let stoa: TestProgram
let ours: SignedTenant
let folder: string
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa)
  folder = await mkdtemp(join(tmpdir(), 'stoa-cli-documents-'))
})
afterAll(async () => {
  await stoa?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a file becomes a document, is listed, and leaves as it came', async () => {
  const { client } = ours.owner
  const printed: string[] = []
  const print = (text: string) => printed.push(text)
  await listDocuments(client, {}, print)
  expect(printed.pop()).toBe('No documents yet.')
  const source = '# Slow reading\n\nWords, **bold** ones.\n\n- [ ] to do\n'
  const file = join(folder, 'Slow reading.md')
  await writeFile(file, source)
  const id = await importDocument(client, file, { origin: stoa.url }, print)
  await listDocuments(client, {}, print)
  expect(printed.pop()).toContain(`${id}  `)
  const out = join(folder, 'again.md')
  await exportDocument(client, 'slow', { format: 'markdown', out }, print)
  expect(await readFile(out, 'utf8')).toBe(source)
  const word = await exportDocument(client, id, { format: 'docx', out: join(folder, 'a.docx') }, print)
  expect((await readFile(word)).subarray(0, 2).toString()).toBe('PK')
  await expect(exportDocument(client, 'nothing', { format: 'html' }, print)).rejects.toMatchObject({
    code: 'cli.usage',
  })
  await expect(
    importDocument(client, file, { origin: stoa.url, workspace: 'Nowhere' }, print),
  ).rejects.toMatchObject({
    code: 'cli.usage',
  })
})
