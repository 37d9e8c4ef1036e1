import { QueryObserver } from '@tanstack/react-query'
import { session } from '../../../data/browser-session.ts'
import { queryClient } from '../../../data/query-client.ts'
import { joinedRoomsQuery, refreshRooms } from '../../../data/rooms.ts'
import { syncStatus } from '../../../data/sync.ts'
import { topics, useConnection } from '../../../data/topics.ts'
import { currentPlace, type OfflinePlace } from '../../../offline/place.ts'
import { Talk } from './talk.ts'

/** Counts in lists are read again at most this often. */
const GATHER_MS = 600

/** All rooms of one account in one organisation: follows those it is in, and sends what waits in any of them. */
export class Talks {
  readonly #place: OfflinePlace
  readonly #accountId: string
  readonly #talks = new Map<string, Talk>()
  readonly #following = new Map<string, () => void>()
  readonly #ends: (() => void)[] = []
  #refresh: ReturnType<typeof setTimeout> | undefined

  constructor(place: OfflinePlace, accountId: string) {
    this.#place = place
    this.#accountId = accountId
  }

  /** The room as it is held here; the same object for everybody who asks. */
  talk(roomId: string): Talk {
    const known = this.#talks.get(roomId)
    if (known) return known
    const made = new Talk({
      roomId,
      accountId: this.#accountId,
      database: this.#place.database,
      onPending: () => this.#report(),
    })
    this.#talks.set(roomId, made)
    return made
  }

  /** Follows a room that is open on screen, joined or not. */
  follow(roomId: string): void {
    if (this.#following.has(roomId)) return
    const talk = this.talk(roomId)
    const end = topics.follow(talk.topic, {
      onEvent: (event) => {
        talk.onEvent(event)
        if (event.type === 'message.reacted' || event.type === 'receipt.moved') return
        if (event.type.startsWith('room.'))
          void queryClient.invalidateQueries({ queryKey: ['room-members', roomId] })
        this.#listsChanged()
      },
      onReset: () => this.#listsChanged(),
      onFollowing: (present) => talk.onPresent(present),
      onPresence: (accountId, here) => talk.onPresence(accountId, here),
      onSignal: (type, accountId) => talk.onSignal(type, accountId),
      onLeft: () => {
        this.#following.delete(roomId)
        talk.onClosed()
      },
    })
    this.#following.set(roomId, end)
  }

  start(): void {
    topics.start()
    const rooms = new QueryObserver(queryClient, joinedRoomsQuery)
    this.#ends.push(
      rooms.subscribe(({ data }) => {
        for (const { id } of data ?? []) this.follow(id)
      }),
      useConnection.subscribe(({ state }) => state === 'open' && this.#connected()),
    )
    const online = () => topics.reconnect()
    addEventListener('online', online)
    this.#ends.push(() => removeEventListener('online', online))
    void this.#restore()
  }

  stop(): void {
    for (const end of [...this.#ends, ...this.#following.values()]) end()
    for (const talk of this.#talks.values()) talk.stop()
    clearTimeout(this.#refresh)
    topics.stop()
    syncStatus.report('messages', undefined)
  }

  async #restore(): Promise<void> {
    const kept = await this.#place.database.messages.toArray()
    for (const roomId of new Set(kept.map((one) => one.roomId))) void this.talk(roomId).restore()
  }

  /** After a break: counts may be old, and what waits can go. */
  #connected(): void {
    this.#listsChanged()
    void this.#flush(false)
  }

  async #flush(failed: boolean): Promise<void> {
    await Promise.all([...this.#talks.values()].map((talk) => talk.flush(failed)))
  }

  #listsChanged(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined
      void refreshRooms()
    }, GATHER_MS)
  }

  #report(): void {
    const all = [...this.#talks.values()].flatMap(({ room }) => [...room.timeline.pending])
    const failed = all.filter(({ state }) => state === 'failed').length
    const waiting = all.length - failed
    if (all.length === 0) syncStatus.report('messages', undefined)
    else syncStatus.report('messages', { saving: 0, waiting, failed, retry: () => void this.#flush(true) })
  }
}

let current: { readonly place: OfflinePlace; readonly talks: Talks } | undefined

/** The rooms of whoever is signed in; changing account or organisation ends those of before. */
export function currentTalks(): Talks | undefined {
  const place = currentPlace()
  const state = session.current()
  if (current && current.place !== place) {
    current.talks.stop()
    current = undefined
  }
  if (!current && place && state.status === 'signed-in') {
    current = { place, talks: new Talks(place, state.identity.account.id) }
    current.talks.start()
  }
  return current?.talks
}

/** Follows rooms for as long as one is signed in. */
export function followRooms(): void {
  session.subscribe(currentTalks)
  currentTalks()
}
