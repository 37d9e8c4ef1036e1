import { expect, test } from 'vitest'
import { AwarenessRoom } from './awareness.ts'

const state = (clientId: number, text = '{}', clock = 1) => ({ clientId, clock, state: text })

test('DOC-7: states are objects, and the server writes whose they are', () => {
  const room = new AwarenessRoom()
  const forged = '{"at":1,"account_id":"bob"}'
  room.set({}, 'ada', [state(1, forged), state(2, '[1]'), state(3, '7'), state(4, '"x"'), state(5, '{')])
  expect(room.takeNews()).toEqual([state(1, '{"at":1,"account_id":"ada"}')])
})

test('DOC-7: a connection speaks for eight clients, and for none of another one; all end with it', () => {
  const room = new AwarenessRoom()
  const [ada, bob] = [{}, {}]
  const many = Array.from({ length: 10 }, (_, n) => state(n))
  room.set(ada, 'ada', many.slice(0, 5))
  room.set(ada, 'ada', many.slice(5))
  const ids = () => room.takeNews().map(({ clientId }) => clientId)
  expect(ids()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  room.set(bob, 'bob', [state(3, '{}', 99), state(8)])
  expect(ids()).toEqual([8])
  room.leave(ada)
  expect(room.takeNews().map((one) => [one.clientId, one.state])).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n, 'null']),
  )
  expect(room.ours().map(({ clientId }) => clientId)).toEqual([8])
})

test('DOC-7: of several states of one client the newest is told, once', () => {
  const room = new AwarenessRoom()
  const ada = {}
  for (const clock of [1, 3, 2]) room.set(ada, 'ada', [state(1, `{"at":${clock}}`, clock)])
  expect(room.takeNews()).toEqual([state(1, '{"at":3,"account_id":"ada"}', 3)])
  expect([room.hasNews, room.takeNews()]).toEqual([false, []])
})
