import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { NamespaceLink } from '@stoa/testkit/netlab/namespaces/link'
import type { Namespace } from '@stoa/testkit/netlab/namespaces/namespace'
import type { Contender, Workload } from './grid.ts'
import type { ChannelReport, SenderReport } from './programs/report.ts'

const PROGRAMS = join(import.meta.dirname, 'programs')
/** A sender that has not ended by then hangs: the run is worth nothing. */
const GRACE_MS = 25_000

export interface FlowResult {
  contender: Contender
  sender: SenderReport
  receiver: { reports: ChannelReport[]; cpuMs: number }
}

export interface FlowOptions {
  seconds: number
  port: number
  /** Where the receiver listens; by default the right end's address. */
  address?: string
  receiver?: Namespace
  /** A connection is made and closed before the one that counts. */
  next?: boolean
}

/** Starts a receiver in the right and a sender in the left namespace; resolves when the workload is done. */
export async function runFlow(
  link: NamespaceLink,
  contender: Contender,
  workload: Workload,
  { seconds, port, address = link.right.address, receiver = link.right, next = false }: FlowOptions,
): Promise<FlowResult> {
  const server = receiver.spawn(process.execPath, [
    join(PROGRAMS, 'server.ts'),
    contender.peer,
    address,
    String(port),
  ])
  try {
    await firstLine(server)
    const { bulkStreams, messageStreams } = workload
    const counts = [seconds, bulkStreams, messageStreams, ...(next ? ['next'] : [])].map(String)
    const target = [contender.peer, address, String(port), contender.congestionControl]
    const client = link.left.spawn(process.execPath, [join(PROGRAMS, 'client.ts'), ...target, ...counts])
    const sender = JSON.parse(await lineOf(client, seconds * 1000 + GRACE_MS)) as SenderReport
    const answer = lineOf(server, GRACE_MS)
    server.stdin!.write('report\n')
    return { contender, sender, receiver: JSON.parse(await answer) as FlowResult['receiver'] }
  } finally {
    server.kill('SIGKILL')
  }
}

const firstLine = (child: ChildProcess) => lineOf(child, GRACE_MS)

/** The next line a program prints; what it says on standard error becomes the error when it ends without one. */
async function lineOf(child: ChildProcess, withinMs: number): Promise<string> {
  let complaint = ''
  child.stderr!.on('data', (text: Buffer) => {
    complaint += text.toString()
  })
  const lines = createInterface({ input: child.stdout! })
  const signal = AbortSignal.timeout(withinMs)
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the program ended (${code}): ${complaint}`)
    })
    // Whichever comes second must not stay unheard.
    ended.catch(() => {})
    const [line] = (await Promise.race([once(lines, 'line', { signal }), ended])) as [string]
    return line
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    lines.close()
  }
}
