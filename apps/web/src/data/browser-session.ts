import { type SessionEnvironment, SessionStore } from './session.ts'

/** Without locks (a LAN name over plain http has none) tabs may renew twice; the server allows that for ten seconds. */
const exclusive: SessionEnvironment['exclusive'] = (name, run) =>
  'locks' in navigator ? navigator.locks.request(name, run) : run()

function browserEnvironment(): SessionEnvironment {
  const channel = new BroadcastChannel('stoa.session')
  return {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    exclusive,
    storage: localStorage,
    channel: {
      send: (message) => channel.postMessage(message),
      listen: (receive) => channel.addEventListener('message', (event) => receive(event.data)),
    },
  }
}

/** The session of this tab. */
export const session = new SessionStore(browserEnvironment())
