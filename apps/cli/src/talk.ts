import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { CHAT_HELP } from './chat/chat.ts'
import { chat } from './commands/chat.ts'
import { listRooms, say, tail } from './commands/rooms.ts'
import { search } from './commands/search.ts'
import { goLive, TRANSPORTS, type TransportChoice } from './live/live.ts'
import type { ProgramContext } from './program-context.ts'
import { type Account, connect, signedIn } from './session/connect.ts'
import { SessionStore } from './session/store.ts'

interface LiveFlags {
  readonly url: string
  readonly transport: TransportChoice
  readonly verbose?: boolean
}

/** Commands that talk to people: rooms, what is said in them, and the search over everything. */
export function addTalk(program: Command, { environment, print, note, exit }: ProgramContext): void {
  const store = new SessionStore(environment.sessions)
  const add = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--url <url>', 'address of the server', environment.url)
  const addLive = (name: string, description: string) =>
    add(name, description)
      .addOption(
        new Option('--transport <transport>', 'how to hear of what comes')
          .choices(TRANSPORTS)
          .default(TRANSPORTS[0]),
      )
      .option('-v, --verbose', 'say how the server is reached')
  const live = (account: Account, { transport, verbose }: LiveFlags) =>
    goLive(account, { transport, note: verbose ? note : () => {} })
  add('rooms', 'rooms, and what is new in them')
    .option('--json', 'for programs')
    .action(({ url, json }: { url: string; json?: boolean }) =>
      listRooms(connect(url, store), json ? { json } : {}, print),
    )
  add('say', 'say something in a room; without a text what comes through the pipe')
    .argument('<room>', 'name, beginning of a name, or id')
    .argument('[text...]')
    .action(async (room: string, words: string[], { url }: { url: string }) => {
      const body = words.length > 0 ? words.join(' ') : (await text(process.stdin)).trimEnd()
      await say(connect(url, store), room, body, print)
    })
  addLive('tail', 'the end of a room')
    .argument('<room>')
    .option('-n, --lines <number>', 'messages', '20')
    .option('-f, --follow', 'and what comes, until Ctrl-C')
    .action(async (room: string, options: LiveFlags & { lines: string; follow?: boolean }) => {
      const stopped = new AbortController()
      process.once('SIGINT', () => stopped.abort())
      const account = signedIn(options.url, store)
      using followed = options.follow ? await live(account, options) : undefined
      const lines = Math.min(Math.max(Number.parseInt(options.lines, 10) || 20, 1), 200)
      const how = { lines, signal: stopped.signal, ...(followed && { live: followed }) }
      await tail(account.client, room, how, print)
    })
  add('search', 'look for words in books, passages, notes and messages')
    .argument('<words...>')
    .action(async (words: string[], { url }: { url: string }) =>
      exit(await search(words, connect(url, store), print)),
    )
  addLive('chat', 'talk in rooms')
    .argument('[room]', 'name, beginning of a name, or id')
    .addHelpText('after', `\n${CHAT_HELP}`)
    .action(async (room: string | undefined, options: LiveFlags) => {
      const account = signedIn(options.url, store)
      using heard = await live(account, options)
      exit(await chat(account.client, heard, room, { input: process.stdin, output: process.stdout }))
    })
}
