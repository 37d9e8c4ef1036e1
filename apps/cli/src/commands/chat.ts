import { createInterface } from 'node:readline'
import { ApiError, type Client, ConnectionError } from '@stoa/sdk'
import { Chat } from '../chat/chat.ts'
import { CliError } from '../errors.ts'

const POLL_MS = 1000

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
  const room = new Chat(client, print)
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (task: () => Promise<unknown>) => {
    turn = turn.then(task).catch((error: unknown) => print(said(error)))
    return turn
  }
  await inTurn(() => (roomName === undefined ? room.handle('/rooms') : room.open(roomName)))
  const ask = () => {
    lines.setPrompt(room.prompt)
    if (lines.terminal) lines.prompt(true)
  }
  // A refresh that fails is tried again; what one types tells of the failure.
  const timer = setInterval(() => {
    turn = turn.then(() => room.refresh()).catch(() => {})
  }, POLL_MS)
  try {
    ask()
    for await (const line of lines) {
      let goOn = true
      await inTurn(async () => {
        goOn = await room.handle(line)
      })
      if (!goOn) break
      ask()
    }
  } finally {
    clearInterval(timer)
    lines.close()
    await turn
  }
  return 0
}
