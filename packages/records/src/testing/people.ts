import { createHash } from 'node:crypto'
import { toHex } from '../bytes.ts'
import type { ContentRef } from '../content.ts'
import type { ReadRecord, RecordBody } from '../record.ts'
import { type Author, authorOf, issueRecord } from '../record-codec.ts'
import { nodeSignatures } from './node-signatures.ts'

export const secretOf = (name: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`aegis test key ${name}`).digest())
const people = new Map<string, Author>()
/** The same person for the same name; making keys is what costs. */
export function personOf(name: string, id?: string): Author {
  const known = people.get(name) ?? authorOf(secretOf(name))
  people.set(name, known)
  return { ...known, id: id ?? known.id }
}
export const keyOf = (name: string): string => toHex(personOf(name).publicKey)
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 2026-11-22T10:00:00Z */
export const NOW = Date.parse('2026-11-22T10:00:00Z')

export const textOf = (text: string): ContentRef => ({
  digest: hashOf(text),
  size: Buffer.byteLength(text),
  type: 'text/markdown',
})

/** Someone who writes on one board, each record after the one before. */
export class Writer {
  author: Author
  board: string | null = null
  now: number
  after: string[] = []

  constructor(name: string, board: ReadRecord | null, now = NOW) {
    this.author = personOf(name)
    this.board = board?.id ?? null
    this.now = now
  }

  write(body: RecordBody, changes: { createdAt?: number; after?: string[] } = {}): ReadRecord {
    this.now += 1000
    const envelope = { board: this.board, createdAt: this.now, after: this.after, ...changes }
    const record = issueRecord(this.author, envelope, body, nodeSignatures)
    this.after = [record.id]
    return record
  }

  post(title: string): ReadRecord {
    return this.write({ kind: 'post', title, content: textOf(title), media: [] })
  }

  comment(root: ReadRecord, parent: ReadRecord, text: string): ReadRecord {
    return this.write({ kind: 'comment', root: root.id, parent: parent.id, content: textOf(text), media: [] })
  }

  /** The same author goes on with another key. */
  rotate(name: string): ReadRecord {
    const record = this.write({ kind: 'rotate', newKey: keyOf(name) })
    this.author = personOf(name, this.author.id)
    return record
  }
}

export function beginBoard(access: 'open' | 'granted' = 'open'): { owner: Writer; beginning: ReadRecord } {
  const owner = new Writer('owner', null)
  const beginning = owner.write({ kind: 'board', title: 'Reading group', access })
  owner.board = beginning.id
  owner.after = []
  return { owner, beginning }
}
