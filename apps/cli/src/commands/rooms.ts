import { type Client, Room } from '@stoa/sdk'
import { allRooms, roomNamed } from '../chat/find-room.ts'
import { messageLines, roomLine } from '../chat/render.ts'
import type { Live } from '../live/live.ts'

/** `stoa rooms`: rooms, and what is new in them. */
export async function listRooms(
  client: Client,
  options: { json?: boolean },
  print: (text: string) => void,
): Promise<void> {
  const rooms = await allRooms(client)
  if (options.json) print(JSON.stringify(rooms, null, 2))
  else print(rooms.length === 0 ? 'No rooms yet.' : rooms.map(roomLine).join('\n'))
}

/** `stoa say ROOM TEXT`: says it, and prints its number in the room. */
export async function say(
  client: Client,
  name: string,
  text: string,
  print: (text: string) => void,
): Promise<void> {
  const { id, membership } = roomNamed(await allRooms(client), name)
  if (membership === null) await client.call('joinRoom', { path: { room_id: id } })
  const { sequence } = await new Room({ client, roomId: id }).send({ body: text })
  print(String(sequence))
}

/** `stoa tail ROOM`: the end of a room, and with `live` what comes, until the signal. */
export async function tail(
  client: Client,
  name: string,
  options: { readonly lines: number; readonly live?: Live; readonly signal: AbortSignal },
  print: (text: string) => void,
): Promise<void> {
  const { id } = roomNamed(await allRooms(client), name)
  const room = new Room({ client, roomId: id, pageSize: options.lines })
  await room.open()
  let printed = 0
  const show = () => {
    const fresh = room.timeline.known().filter((one) => one.sequence > printed)
    printed = Math.max(printed, ...fresh.map((one) => one.sequence))
    for (const line of fresh.flatMap(messageLines)) print(line)
  }
  show()
  await options.live?.follow(room, show, options.signal)
}
