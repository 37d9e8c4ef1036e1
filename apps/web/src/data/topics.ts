import { TopicClient } from '@stoa/sdk'
import { create } from 'zustand'
import { tokens } from './api.ts'

type ConnectionState = 'connecting' | 'open' | 'waiting' | 'closed'

/** How the socket of live topics stands. */
export const useConnection = create<{ readonly state: ConnectionState }>(() => ({ state: 'closed' }))

/** Rooms as they happen: messages, who is here, who types. One socket for the whole app. */
export const topics = new TopicClient({
  baseUrl: location.origin,
  tokens,
  onState: (state) => useConnection.setState({ state }),
})
