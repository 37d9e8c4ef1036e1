import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { type Service, ServiceGroup } from './service.ts'

const calls: string[] = []

beforeEach(() => {
  calls.length = 0
})

function service(name: string, fails: { start?: boolean; stop?: boolean } = {}): Service {
  return {
    name,
    start: async () => {
      calls.push(`start ${name}`)
      if (fails.start) throw new Error(`${name} broke`)
    },
    stop: async () => {
      calls.push(`stop ${name}`)
      if (fails.stop) throw new Error(`${name} hangs`)
    },
  }
}

const never = new AbortController().signal

test('starts in order, stops in reverse, and stops once', async () => {
  const group = new ServiceGroup('all', [service('a'), service('b'), service('c')])
  await group.start(never)
  await group.stop()
  await group.stop()
  expect(calls).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a'])
})

test('each start waits for the one before', async () => {
  const first = Promise.withResolvers<void>()
  const slow: Service = { ...service('slow'), start: () => first.promise }
  const started = new ServiceGroup('all', [slow, service('b')]).start(never)
  await Promise.resolve()
  expect(calls).toEqual([])
  first.resolve()
  await started
  expect(calls).toEqual(['start b'])
})

test('a failed start stops what had started, the failed one included, and says which it was', async () => {
  const group = new ServiceGroup('all', [service('a'), service('b', { start: true }), service('c')])
  const error: unknown = await group.start(never).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ message: 'b did not start', cause: new Error('b broke') })
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a'])
})

test('a failed start is told even when stopping fails, too', async () => {
  const group = new ServiceGroup('all', [service('a', { stop: true }), service('b', { start: true })])
  await expect(group.start(never)).rejects.toThrow('b did not start')
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a'])
})

test('a failed stop does not keep the others from stopping', async () => {
  const group = new ServiceGroup('all', [
    service('a', { stop: true }),
    service('b'),
    service('c', { stop: true }),
  ])
  await group.start(never)
  const error: unknown = await group.stop().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(AggregateError)
  expect((error as AggregateError).errors.map(String)).toEqual([
    'Error: c did not stop cleanly',
    'Error: a did not stop cleanly',
  ])
  expect(calls.slice(3)).toEqual(['stop c', 'stop b', 'stop a'])
})

test('an abort between two starts starts no more and stops what had started', async () => {
  const abort = new AbortController()
  const first: Service = { ...service('a'), start: async () => abort.abort(new Error('Ctrl-C')) }
  const group = new ServiceGroup('all', [first, service('b')])
  await expect(group.start(abort.signal)).rejects.toThrow('Ctrl-C')
  expect(calls).toEqual(['stop a'])
})

test('a group is a service and a disposable: groups nest', async () => {
  {
    await using group = new ServiceGroup('outer', [service('a'), new ServiceGroup('inner', [service('b')])])
    await group.start(never)
  }
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a'])
})

test('whichever service fails to start: everything started is stopped, once, in reverse', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat(), async (size, pick) => {
      calls.length = 0
      const failing = pick % size
      const services = Array.from({ length: size }, (_, i) => service(String(i), { start: i === failing }))
      await expect(new ServiceGroup('all', services).start(never)).rejects.toThrow(`${failing} did not start`)
      const touched = Array.from({ length: failing + 1 }, (_, i) => i)
      expect(calls).toEqual([
        ...touched.map((i) => `start ${i}`),
        ...touched.reverse().map((i) => `stop ${i}`),
      ])
    }),
    { seed: 20261121, numRuns: 50 },
  )
})
