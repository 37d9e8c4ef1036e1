/** The process in which files from strangers are parsed: it can be killed at any time and has a heap of its own. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { analyse } from '../analyse.ts'
import { FileError } from '../errors.ts'
import { passages } from '../passages.ts'
import { readFile } from '../read-file.ts'
import type { BookAnalysis, BookFile, Passage } from '../types.ts'
import type { Reply, Request } from './messages.ts'

const batchSize = 64

if (!process.send) throw new Error('worker.ts runs as a process of the program')

const reply = (message: Reply) => void process.send?.(message)

async function analyseFile(file: BookFile): Promise<void> {
  reply({ type: 'analysed', result: await readFile(file) })
}

async function sendPassages(file: BookFile, known: BookAnalysis | undefined): Promise<void> {
  const analysis = known ?? (await withoutCover(file))
  let batch: Passage[] = []
  for await (const passage of passages(file, analysis)) {
    batch.push(passage)
    if (batch.length < batchSize) continue
    reply({ type: 'batch', passages: batch })
    batch = []
    await once(process, 'message')
  }
  if (batch.length > 0) reply({ type: 'batch', passages: batch })
  reply({ type: 'end' })
}

async function withoutCover(file: BookFile): Promise<BookAnalysis> {
  const { cover: _, ...analysis } = await analyse(file)
  return analysis
}

function replyError(error: unknown): void {
  if (error instanceof FileError)
    reply({ type: 'refused', error: { code: error.code, params: error.params } })
  else if (error instanceof Error) reply({ type: 'failed', message: error.message, stack: error.stack })
  else reply({ type: 'failed', message: String(error), stack: undefined })
}

process.on('message', (request: Request) => {
  if (request.type === 'analyse') analyseFile(request.file).catch(replyError)
  else if (request.type === 'passages') sendPassages(request.file, request.analysis).catch(replyError)
})
process.once('disconnect', () => process.exit())
// Who is in an endless loop does not hear that the program was killed.
new Worker(new URL('./watch-program.ts', import.meta.url)).unref()
