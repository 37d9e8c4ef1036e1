import type { Client, Output } from '@stoa/sdk'
import { CliError } from '../errors.ts'

export type ListedRoom = Output<'listRooms'>['items'][number]

/** Every room that may be read, what happened last first. */
export async function allRooms(client: Client, query: { joined?: boolean } = {}): Promise<ListedRoom[]> {
  const found: ListedRoom[] = []
  for (let cursor: string | undefined; ; ) {
    const page: Output<'listRooms'> = await client.call('listRooms', {
      query: { limit: 200, ...query, ...(cursor !== undefined && { cursor }) },
    })
    found.push(...page.items)
    if (page.next_cursor === null) return found
    cursor = page.next_cursor
  }
}

/**
 * The room that is meant: by id, by its name, or by the beginning of its name where only one begins so. A person's name finds
 * the conversation with them. @throws CliError `cli.usage`
 */
export function roomNamed(rooms: readonly ListedRoom[], wanted: string): ListedRoom {
  const name = wanted.replace(/^[#@]/, '').toLowerCase()
  const exact = rooms.filter((room) => room.id === name || room.name.toLowerCase() === name)
  const found = exact.length > 0 ? exact : rooms.filter((room) => room.name.toLowerCase().startsWith(name))
  const [room, other] = found
  if (room && !other) return room
  const names = (other ? found : rooms).slice(0, 12).map((one) => one.name)
  const what = other ? 'Several rooms are called so' : `There is no room ${wanted}`
  throw new CliError('cli.usage', `${what}: ${names.join(', ') || 'no rooms yet'}.`)
}
