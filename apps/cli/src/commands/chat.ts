import { createInterface } from 'node:readline'
import { ApiError, type Client, ConnectionError, type Room } from '@stoa/sdk'
import { Chat } from '../chat/chat.ts'
import { CliError } from '../errors.ts'
import type { Live } from '../live/live.ts'

interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

const said = (error: unknown): string => {
  if (error instanceof CliError || error instanceof ApiError) return error.message
  if (error instanceof ConnectionError) return 'The server does not answer. Try again.'
  throw error
}

/**
 * `stoa chat`: reads lines until the input ends or /quit. What others say is printed between them; the line being written
 * stays. Resolves with the exit status.
 */
export async function chat(
  client: Client,
  live: Live,
  roomName: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const lines = createInterface({
    ...terminal,
    terminal: 'isTTY' in terminal.input && terminal.input.isTTY === true,
  })
  const print = (text: string) => {
    if (lines.terminal) terminal.output.write(`\r\u001b[K${text}\n`)
    else terminal.output.write(`${text}\n`)
    if (lines.terminal) lines.prompt(true)
  }
  const talk = new Chat(client, print)
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (task: () => Promise<unknown>) => {
    turn = turn.then(task).catch((error: unknown) => print(said(error)))
    return turn
  }
  // What could not be read now comes with the next news; what one types tells of the failure.
  const news = () => {
    turn = turn.then(() => talk.news()).catch(() => {})
  }
  const follow = follower(live, news, print)
  await inTurn(() => (roomName === undefined ? talk.handle('/rooms') : talk.open(roomName)))
  const ask = () => {
    follow(talk.room)
    lines.setPrompt(talk.prompt)
    if (lines.terminal) lines.prompt(true)
  }
  try {
    ask()
    for await (const line of lines) {
      let goOn = true
      await inTurn(async () => {
        goOn = await talk.handle(line)
      })
      if (!goOn) break
      ask()
    }
  } finally {
    follow(undefined)
    lines.close()
    await turn
  }
  return 0
}

/** Holds one room up to date at a time: the one that was given last. */
function follower(live: Live, changed: () => void, print: (text: string) => void) {
  let followed: Room | undefined
  let left = new AbortController()
  return (room: Room | undefined) => {
    if (room === followed) return
    followed = room
    left.abort()
    left = new AbortController()
    if (room) live.follow(room, changed, left.signal).catch((error: unknown) => print(said(error)))
  }
}
