import { toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { api } from '../../data/api.ts'
import { errorOf } from '../../data/problem.ts'
import type { RoomInfo } from '../../data/rooms.ts'
import { problemText } from '../../frame/problem-text.ts'
import { fileName, saveFile } from '../../frame/save-file.ts'

const FILES = {
  markdown: { end: 'md', type: 'text/markdown' },
  json: { end: 'json', type: 'application/json' },
} as const

/** Saves a whole room as a file. The server gives it in parts; a part that fails ends it and nothing is saved. */
export async function exportRoom(room: RoomInfo, format: keyof typeof FILES): Promise<void> {
  try {
    const parts = await allParts(room.id, format)
    const { end, type } = FILES[format]
    const name = fileName(room.name, end)
    const text = format === 'json' ? joinJson(parts) : parts.join('\n')
    saveFile(new Blob([text], { type }), name)
    toast(t.exported({ name }))
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
}

async function allParts(roomId: string, format: keyof typeof FILES): Promise<string[]> {
  const parts: string[] = []
  for (let after: number | undefined; ; ) {
    const { response, error } = await api.GET('/api/v1/rooms/{room_id}/export', {
      params: { path: { room_id: roomId }, query: { format, ...(after !== undefined && { after }) } },
      parseAs: 'stream',
    })
    if (!response.ok) throw errorOf(response, error)
    parts.push(await response.text())
    const next = response.headers.get('x-next-after')
    if (next === null) return parts
    after = Number(next)
  }
}

/** The parts as one: the first with the messages of all. */
function joinJson(parts: readonly string[]): string {
  const read = parts.map((part) => JSON.parse(part) as { messages: unknown[] })
  return JSON.stringify({ ...read[0], messages: read.flatMap(({ messages }) => messages), next_after: null })
}
