import { type Client, type Output, Room, type RoomMessage } from '@stoa/sdk'
import { foundLines } from '../commands/search.ts'
import { CliError } from '../errors.ts'
import { allRooms, type ListedRoom, roomNamed } from './find-room.ts'
import { messageLines, roomLine, withMentions } from './render.ts'

export const CHAT_HELP = `A line is said in the open room. A line that begins with / is a command; N is the number of a message.
  /rooms              rooms, and what is new in them      /open ROOM     go into a room (joins it)
  /with PERSON        a conversation of two               /who           who is in the room
  /more               earlier messages                    /thread N      the replies to a message
  /reply N TEXT       answer in the thread of a message   /react N EMOJI
  /edit N TEXT        change a message of yours           /delete N      remove it
  /search WORDS       everything that may be read         /mentions      where you were mentioned
  /help  /quit        Begin with // to say a line that begins with /.`

type Person = { readonly account_id: string; readonly display_name: string }

interface OpenRoom {
  readonly listed: ListedRoom
  readonly room: Room
  readonly people: readonly Person[]
  /** Revision of every message that was printed. */
  readonly printed: Map<string, number>
}

/** A conversation in a terminal: takes lines, prints what happens. Knows neither keys nor screens. */
export class Chat {
  readonly #client: Client
  readonly #print: (text: string) => void
  #open: OpenRoom | undefined

  constructor(client: Client, print: (text: string) => void) {
    this.#client = client
    this.#print = print
  }

  get prompt(): string {
    return this.#open ? `${this.#open.listed.name}> ` : 'stoa> '
  }

  /** The room that is open, to be held up to date. */
  get room(): Room | undefined {
    return this.#open?.room
  }

  /** Answers whether to go on. @throws CliError, ApiError, ConnectionError */
  async handle(line: string): Promise<boolean> {
    const text = line.trim()
    if (text === '') return true
    if (!text.startsWith('/') || text.startsWith('//')) {
      await this.#say(text.replace(/^\/\//, '/'))
      return true
    }
    const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? []
    if (name === 'quit' || name === 'q') return false
    const command = this.#commands[name]
    if (!command) throw new CliError('cli.usage', `There is no /${name}. /help lists what there is.`)
    await command(rest)
    return true
  }

  readonly #commands: Readonly<Record<string, (rest: string) => Promise<void>>> = {
    help: async () => this.#print(CHAT_HELP),
    rooms: async () => this.#lines((await allRooms(this.#client)).map(roomLine)),
    open: (name) => this.open(name),
    with: (name) => this.#with(name),
    who: async () => this.#lines(this.#inside().people.map((one) => one.display_name)),
    more: () => this.#more(),
    thread: (rest) => this.#thread(this.#message(rest)),
    reply: (rest) => this.#reply(rest),
    react: async (rest) => {
      const [number = '', emoji = ''] = rest.split(/\s+/)
      await this.#inside().room.react(this.#message(number).id, emoji, true)
      this.#show()
    },
    edit: async (rest) => {
      const [number = ''] = rest.split(/\s+/)
      await this.#inside().room.edit(this.#message(number).id, this.#written(rest.slice(number.length)))
      this.#show()
    },
    delete: async (rest) => {
      await this.#inside().room.remove(this.#message(rest).id)
      this.#show()
    },
    search: async (words) => {
      const { items } = await this.#client.call('search', { query: { q: words } })
      this.#lines(items.length === 0 ? ['Nothing found.'] : items.flatMap(foundLines))
    },
    mentions: async () => {
      const { items } = await this.#client.call('listMentions', { query: { limit: 20 } })
      this.#lines(items.flatMap((one) => [`in ${one.room_name}:`, ...messageLines(one.message)]))
    },
  }

  /** Goes into a room, joins it if need be, and prints its end. */
  async open(name: string): Promise<void> {
    await this.#enter(roomNamed(await allRooms(this.#client), name))
  }

  async #with(name: string): Promise<void> {
    const { items } = await this.#client.call('listMembers', { query: { limit: 200 } })
    const wanted = name.replace(/^@/, '').toLowerCase()
    const found = items.filter((one) => one.display_name.toLowerCase().startsWith(wanted))
    const [person, other] = found
    if (!person || other) throw new CliError('cli.usage', `${found.length} people are called ${name}.`)
    await this.#enter(await this.#client.call('openDirectRoom', { body: { account_id: person.account_id } }))
  }

  async #enter(listed: ListedRoom): Promise<void> {
    const path = { room_id: listed.id }
    if (listed.membership === null) await this.#client.call('joinRoom', { path })
    const members: Output<'listRoomMembers'> = await this.#client.call('listRoomMembers', {
      path,
      query: { limit: 200 },
    })
    const room = new Room({ client: this.#client, roomId: listed.id, pageSize: 20 })
    await room.open()
    this.#open = { listed, room, people: members.items.map((one) => one.person), printed: new Map() }
    this.#print(`— ${roomLine(listed)}`)
    this.#show()
    await this.#read()
  }

  /** Prints what has happened in the open room since the last time. */
  async news(): Promise<void> {
    if (this.#open && this.#show()) await this.#read()
  }

  async #say(text: string): Promise<void> {
    await this.#inside().room.send({ body: this.#written(text) })
    this.#show()
  }

  async #reply(rest: string): Promise<void> {
    const [number = ''] = rest.split(/\s+/)
    const to = this.#message(number)
    const body = this.#written(rest.slice(number.length))
    await this.#inside().room.send({ body, thread_root_id: to.thread_root_id ?? to.id })
    this.#show()
  }

  async #thread(message: RoomMessage): Promise<void> {
    const { room } = this.#inside()
    const rootId = message.thread_root_id ?? message.id
    await room.openThread(rootId)
    const root = room.timeline.message(rootId)
    const replies = room.timeline
      .thread(rootId)
      .flatMap((row) => (row.kind === 'message' ? [row.message] : []))
    this.#lines([...(root ? [root] : []), ...replies].flatMap(messageLines))
  }

  async #more(): Promise<void> {
    const { room } = this.#inside()
    const gap = room.timeline.snapshot().rows.find((row) => row.kind === 'gap')
    if (gap?.kind !== 'gap') return this.#print('This is the beginning.')
    await room.fill(gap, 'end')
    this.#show()
  }

  async #read(): Promise<void> {
    const { room } = this.#inside()
    const { lastSequence } = room.timeline.snapshot()
    if (lastSequence > 0) await room.markRead(lastSequence)
  }

  /** Prints messages that are new or changed. Answers whether there were any. */
  #show(): boolean {
    const { room, printed } = this.#inside()
    const fresh = room.timeline.known().filter((one) => printed.get(one.id) !== one.revision)
    for (const one of fresh) printed.set(one.id, one.revision)
    this.#lines(fresh.flatMap(messageLines))
    return fresh.length > 0
  }

  #written(text: string): string {
    return withMentions(text.trim(), this.#inside().people)
  }

  #inside(): OpenRoom {
    if (!this.#open)
      throw new CliError('cli.usage', 'No room is open: /rooms lists them, /open NAME goes into one.')
    return this.#open
  }

  #message(text: string): RoomMessage {
    const number = Number(text.trim())
    const found = this.#inside()
      .room.timeline.known()
      .find((one) => one.sequence === number)
    if (!found)
      throw new CliError('cli.usage', `There is no message ${text.trim()} here. Its number stands before it.`)
    return found
  }

  #lines(lines: readonly string[]): void {
    if (lines.length > 0) this.#print(lines.join('\n'))
  }
}
