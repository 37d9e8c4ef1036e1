import type { Service } from '@stoa/kernel'
import type { AnalysedFile } from '../read-file.ts'
import type { BookAnalysis, BookFile, Passage } from '../types.ts'
import type { Request } from './messages.ts'
import { type ReaderLimits, ReaderProcess } from './reader-process.ts'

export interface BookReaderOptions extends Partial<ReaderLimits> {
  /** Files read at the same time. */
  processes?: number
  /** A process with nothing to do ends after this long. */
  idleMs?: number
}

const defaults = { processes: 2, memoryMb: 512, timeoutMs: 120_000, idleMs: 30_000 }
/** Libraries keep a little of every file; a fresh process now and then keeps none. */
const jobsPerProcess = 500

/**
 * Reads files in processes of its own, so that a hostile or huge one costs bounded time and memory and never the program.
 * They start with the first file. Use it from `start` to `stop`.
 */
export class BookReaderPool implements Service {
  readonly name = 'book-reader'
  readonly #options: typeof defaults
  readonly #idle: { reader: ReaderProcess; timer: NodeJS.Timeout }[] = []
  readonly #busy = new Set<ReaderProcess>()
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(options: BookReaderOptions = {}) {
    this.#options = { ...defaults, ...options }
  }

  async start(): Promise<void> {}

  /** Stops every process; jobs that run fail. */
  async stop(): Promise<void> {
    const idle = this.#idle.splice(0)
    for (const { timer } of idle) clearTimeout(timer)
    await Promise.all([...idle.map(({ reader }) => reader), ...this.#busy].map((reader) => reader.stop()))
  }

  /** Analysis, reading edition and cover. @throws FileError, or the signal's reason */
  async analyse(file: BookFile, signal: AbortSignal = new AbortController().signal): Promise<AnalysedFile> {
    for await (const reply of this.#run({ type: 'analyse', file }, signal)) {
      if (reply.type === 'analysed') return reply.result
    }
    throw new Error('the book reader gave no answer')
  }

  /**
   * The passages in order, in batches; the next batch is made when the last was taken. @throws FileError
   *
   * @param known what {@link BookReaderPool.analyse} gave for the same bytes: else the file is analysed once more
   */
  async *passages(
    file: BookFile,
    signal: AbortSignal = new AbortController().signal,
    known?: BookAnalysis,
  ): AsyncGenerator<readonly Passage[]> {
    for await (const reply of this.#run({ type: 'passages', file, analysis: known }, signal)) {
      if (reply.type === 'batch') yield reply.passages
    }
  }

  async *#run(request: Request, signal: AbortSignal) {
    await this.#turn(signal)
    const reader = this.#take()
    try {
      yield* reader.run(request, signal)
    } finally {
      this.#release(reader)
    }
  }

  /** Waits until fewer than `processes` files are being read. */
  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#running < this.#options.processes) {
      this.#running++
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const give = () => resolve()
    const onAbort = () => {
      const at = this.#waiting.indexOf(give)
      if (at >= 0) this.#waiting.splice(at, 1)
      reject(signal.reason)
    }
    this.#waiting.push(give)
    signal.addEventListener('abort', onAbort, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', onAbort))
  }

  #take(): ReaderProcess {
    const idle = this.#idle.pop()
    if (idle) clearTimeout(idle.timer)
    // One may have ended while it rested.
    const reader = idle?.reader.usable ? idle.reader : new ReaderProcess(this.#options)
    this.#busy.add(reader)
    return reader
  }

  #release(reader: ReaderProcess): void {
    this.#busy.delete(reader)
    if (reader.usable && reader.jobs < jobsPerProcess) this.#rest(reader)
    else if (reader.usable) void reader.stop()
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }

  #rest(reader: ReaderProcess): void {
    const entry = {
      reader,
      timer: setTimeout(() => {
        const at = this.#idle.indexOf(entry)
        if (at >= 0) this.#idle.splice(at, 1)
        void reader.stop()
      }, this.#options.idleMs).unref(),
    }
    this.#idle.push(entry)
  }
}
