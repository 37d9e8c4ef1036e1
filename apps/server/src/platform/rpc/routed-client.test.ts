import { create } from '@bufbuild/protobuf'
import {
  GetDocumentResponseSchema,
  StateSyncService,
  SubscribeDocumentResponseSchema,
} from '@stoa/contracts/statesync'
import { StoaError } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { RpcError } from './errors.ts'
import { RoutedClient } from './routed-client.ts'
import type { RpcClient } from './types.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

type Client = RpcClient<typeof StateSyncService>

const moved = (address?: string) =>
  new StoaError('document.moved', 'elsewhere', { details: address === undefined ? {} : { address } })

/** A service of three processes, a to c. `answers` says what each does when it is asked; all calls are noted. */
function constellation(answers: Record<string, () => unknown>, home?: () => unknown) {
  const asked: string[] = []
  const circuits: [string, boolean][] = []
  const places = ['a', 'b', 'c']
  const clientOf = (name: string, answer: () => unknown) => {
    const call = async () => {
      asked.push(name)
      const error = answer()
      if (error instanceof Error) throw error
      return create(GetDocumentResponseSchema)
    }
    return {
      getDocument: call,
      createDocument: call,
      async *subscribeDocument() {
        yield await call()
        throw moved('b')
      },
    } as unknown as Client
  }
  const routed = new RoutedClient({
    service: StateSyncService,
    ...(home ? { home: clientOf('home', home) } : {}),
    discovery: { name: 'd', places: () => places, start: async () => {}, stop: async () => {} },
    dial: (address) => ({ client: clientOf(address, answers[address] ?? (() => {})), close: () => {} }),
    keyOf: (request) => (request as { documentId?: string }).documentId,
    placeOf: ({ code, details }) => (code === 'document.moved' ? textOf(details?.address) : undefined),
    repeatable: (method) => method !== 'createDocument',
    onCircuit: (...what) => circuits.push(what),
  })
  const get = (documentId: string) => routed.client.getDocument({ tenantId: 't', documentId })
  return { routed, asked, circuits, get }
}

test('calls about one thing go to one process, things are spread over all', async () => {
  const { asked, get } = constellation({})
  for (let n = 0; n < 5; n++) await get('same')
  expect(new Set(asked).size).toBe(1)
  for (let n = 0; n < 60; n++) await get(`document ${n}`)
  for (const place of ['a', 'b', 'c']) expect(asked.filter((one) => one === place).length).toBeGreaterThan(8)
})

test('who says where it is is believed and remembered, until that is wrong', async () => {
  let owner = 'b'
  const at = (name: string) => () => (owner === name ? undefined : moved(owner))
  const { asked, get } = constellation({ a: at('a'), b: at('b'), c: at('c') })
  await get('x')
  await get('x')
  expect(asked.slice(-2)).toEqual(['b', 'b'])
  owner = 'c'
  await get('x')
  await get('x')
  expect(asked.slice(-3)).toEqual(['b', 'c', 'c'])
})

test('a process that is down is passed by, once for what may not happen twice', async () => {
  const down = () => new RpcError('rpc.unavailable', 'down')
  const { asked, get, routed } = constellation({ a: down, b: down, c: () => undefined })
  for (let n = 0; n < 10; n++) await get(`document ${n}`)
  expect(asked).toContain('a')
  const failures = []
  for (let n = 0; n < 12; n++)
    await routed.client
      .createDocument({ documentId: `new ${n}` })
      .catch((error: unknown) => failures.push(error))
  expect(failures.length).toBeGreaterThan(0)
})

test('when all are down, the error says so; nobody is asked twice', async () => {
  const down = () => new RpcError('rpc.unavailable', 'down')
  const { asked, get } = constellation({ a: down, b: down, c: down })
  await expect(get('x')).rejects.toMatchObject({ code: 'rpc.unavailable' })
  expect([...asked].sort()).toEqual(['a', 'b', 'c'])
})

test('an owner that died: the others still point to it, and the error comes back instead of a circle', async () => {
  const { asked, get } = constellation({
    a: () => new RpcError('rpc.unavailable', 'dead'),
    b: () => moved('a'),
    c: () => moved('a'),
  })
  await expect(get('x')).rejects.toThrow()
  expect(asked.length).toBeLessThanOrEqual(4)
})

test('after five faults in a row a process is not asked any more, and that is told', async () => {
  const { asked, circuits, get } = constellation({ a: () => new RpcError('rpc.deadline_exceeded', 'late') })
  for (let n = 0; n < 200; n++) await get(`document ${n}`).catch(() => {})
  expect(asked.filter((one) => one === 'a')).toHaveLength(5)
  expect(circuits).toEqual([['a', true]])
})

test('an answer that says no is an answer: the circuit stays closed', async () => {
  const { asked, circuits, get } = constellation(
    {},
    () => new StoaError('document.not_found', 'There is none.'),
  )
  for (let n = 0; n < 20; n++) await expect(get('x')).rejects.toMatchObject({ code: 'document.not_found' })
  expect([asked.length, circuits]).toEqual([20, []])
})

test('the service of this process is asked first, and followed to where it points', async () => {
  const { asked, get } = constellation({}, () => moved('c'))
  await get('x')
  await get('x')
  expect(asked).toEqual(['home', 'c', 'c'])
})

test('a stream is routed until it begins; its end is for who reads it', async () => {
  const { routed, asked } = constellation({ a: () => moved('c'), b: () => moved('c') })
  const read = async () => {
    const items = []
    for await (const item of routed.client.subscribeDocument({ documentId: 'x' })) items.push(item)
    return items
  }
  await expect(read()).rejects.toMatchObject({ code: 'document.moved' })
  expect(asked.at(-1)).toBe('c')
})

test('a stream that is given up ends where it runs', async () => {
  let ended = 0
  const { client } = new RoutedClient({
    service: StateSyncService,
    home: {
      async *subscribeDocument() {
        try {
          for (;;) yield create(SubscribeDocumentResponseSchema)
        } finally {
          ended += 1
        }
      },
    } as unknown as Client,
    dial: () => {
      throw new Error('nobody is to be dialled')
    },
    repeatable: () => true,
  })
  let items = 0
  for await (const _ of client.subscribeDocument({ documentId: 'x' })) if (++items === 3) break
  expect([items, ended]).toEqual([3, 1])
})
