import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { rounds } from '@stoa/testkit/long'
import { createLink, namespacesUnavailable } from '@stoa/testkit/netlab/namespaces/link'
import type { Namespace } from '@stoa/testkit/netlab/namespaces/namespace'
import { expect, test } from 'vitest'
import { fileOf } from './programs/file.ts'

const reason = namespacesUnavailable()
if (reason) process.stderr.write(`transfers between namespaces are not tested: ${reason}\n`)

const NEW_ADDRESS = '10.77.0.33'

interface Program {
  child: ChildProcess
  lines: Interface
}

function program(namespace: Namespace, name: string, args: string[]): Program {
  const path = join(import.meta.dirname, 'programs', name)
  const child = namespace.spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  return { child, lines: createInterface({ input: child.stdout! }) }
}

/** The next line of a program; an error when it ends without one. */
async function lineOf({ child, lines }: Program): Promise<string> {
  const over = new AbortController()
  const ended = once(child, 'close', { signal: over.signal }).then(([code]) => {
    throw new Error(`the program ended (${code})`)
  })
  ended.catch(() => {})
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  over.abort()
  return line
}

/** Two processes, a link of 100 Mbit/s, RTT 40 ms and 5 % loss; half way the sender's machine gets another address. */
async function transfer(bytes: number) {
  await using link = await createLink({ delayMs: 20, rateMbit: 100, loss: 0.05, seed: 5 })
  const receiver = program(link.right, 'receive.ts', [link.right.address])
  const port = await lineOf(receiver)
  const sender = program(link.left, 'send.ts', [link.right.address, port, String(bytes)])
  const result = lineOf(receiver)
  expect(await lineOf(sender)).toBe('half')
  await link.left.removeAddress(link.left.address)
  await link.left.addAddress(NEW_ADDRESS)
  const done = lineOf(sender)
  sender.child.stdin!.write('moved\n')
  const {
    bytes: arrived,
    sha256,
    addresses,
  } = JSON.parse(await result) as {
    bytes: number
    sha256: string
    addresses: string[]
  }
  expect(await done).toBe('done')
  return { arrived, sha256, addresses, from: link.left.address }
}

// SPEC PTH-*: the connection outlives the address that it began with. 1 GB in the long run.
test.skipIf(reason !== undefined)(
  'a file arrives whole through 5 % loss though its sender moves half way',
  async () => {
    const bytes = rounds({ short: 50_000_000, long: 1_000_000_000 })
    const hash = createHash('sha256')
    for (const chunk of fileOf(bytes)) hash.update(chunk)
    const { arrived, sha256, addresses, from } = await transfer(bytes)
    expect(arrived).toBe(bytes)
    expect(sha256).toBe(hash.digest('hex'))
    expect(addresses).toEqual([from, NEW_ADDRESS])
  },
  600_000,
)
