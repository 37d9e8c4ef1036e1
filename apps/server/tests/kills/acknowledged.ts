import { createHash } from 'node:crypto'
import { uuidv7 } from '@stoa/kernel'
import { ContentHasher, cidOf } from '@stoa/records'
import type { Client } from '@stoa/sdk'
import { uploadBoardMedia } from '@stoa/testkit/board-media'
import type { Dice } from '@stoa/testkit/books/random'
import { expect } from 'vitest'
import { noise } from './writer.ts'

interface Words {
  readonly title: string
  readonly text: string
}

interface Post {
  readonly path: { readonly board_id: string; readonly post_id: string }
  /** As the last acknowledged act left them. */
  words: Words
  /** Of a change that nobody has answered. */
  attempted: Words | undefined
  readonly images: readonly string[]
  readonly comments: Map<string, string>
}

/** Somebody who does one thing after the other. */
interface Person {
  readonly posts: Post[]
  /** Sent and acknowledged, and in no post yet. */
  picture: { readonly id: string; readonly cid: string } | undefined
}

/** May be done again: with the same key, nothing happens twice. */
type Act = () => Promise<unknown>

/** Of the latest, so that some are changed again and again. */
const LATEST = 4
const EDGES = [64, 1400, 64, 160]

/** What people write through a node that may be killed at any moment, and what it has acknowledged of that. */
export class Acknowledged {
  readonly #client: Client
  readonly #url: string
  readonly #dice: Dice
  readonly #people: readonly Person[]
  readonly #unanswered: Act[] = []
  readonly #posts: Post[] = []
  /** Written or changed since they were last verified. */
  readonly #touched = new Set<Post>()
  readonly #done = { post: 0, comment: 0, edit: 0 }
  #board = ''
  #count = 0
  #pictures = 0
  #interrupted = false
  #writing: Promise<unknown> | undefined

  /** `url`: where the node is reached; it stays. */
  constructor(client: Client, url: string, dice: Dice, people = 3) {
    this.#client = client
    this.#url = url
    this.#dice = dice
    this.#people = Array.from({ length: people }, () => ({ posts: [], picture: undefined }))
  }

  /** Acts that have been answered, pictures not counted. */
  get acts(): number {
    return this.#done.post + this.#done.comment + this.#done.edit
  }

  /** Records of each kind that there must be: one for each act. */
  get records(): { readonly post: number; readonly comment: number; readonly edit: number } {
    return { ...this.#done }
  }

  async begin(): Promise<void> {
    this.#board = (await this.#client.call('createBoard', { body: { title: 'Written while killed' } })).id
  }

  /** Everybody writes until the node is gone. */
  start(): void {
    this.#interrupted = false
    this.#writing = Promise.all(this.#people.map((person) => this.#write(person)))
    // Told by `end`.
    this.#writing.catch(() => {})
  }

  /** From here on acts may stay without an answer. */
  interrupt(): void {
    this.#interrupted = true
  }

  /** Resolves with how many acts were not answered. @throws what went wrong before {@link interrupt} */
  async end(): Promise<number> {
    await this.#writing
    return this.#unanswered.length
  }

  /** Does again what was not answered. */
  async repeat(): Promise<void> {
    for (const act of this.#unanswered.splice(0)) await act()
  }

  /** Reads back what was written since the last time, or everything: words, comments and the bytes of images, whole. */
  async verify(reader: Client, url: string, all = false): Promise<void> {
    for (const post of all ? this.#posts : this.#touched) await verifyPost(reader, url, post)
    this.#touched.clear()
  }

  async #write(person: Person): Promise<void> {
    while (!this.#interrupted) {
      const act = await this.#next(person)
      try {
        await act()
      } catch (error) {
        if (!this.#interrupted) throw error
        this.#unanswered.push(act)
      }
    }
  }

  async #next(person: Person): Promise<Act> {
    const { posts, picture } = person
    const chance = this.#dice.between(0, 9)
    if (!picture && chance === 0) return this.#picture(person)
    if (picture || posts.length === 0 || chance < 5) return this.#post(person)
    const post = this.#dice.pick(posts.slice(-LATEST))
    return chance < 8 ? this.#comment(post) : this.#edit(post)
  }

  async #picture(person: Person): Promise<Act> {
    const bytes = await noise(EDGES[this.#pictures++ % EDGES.length] ?? 64)
    return async () => {
      const { id, image } = await uploadBoardMedia(this.#client, this.#url, bytes)
      person.picture = { id, cid: image.image_cid }
    }
  }

  #post(person: Person): Act {
    const [words, idempotencyKey, board_id] = [this.#words('Post'), uuidv7(), this.#board]
    const images = person.picture ? [person.picture] : []
    person.picture = undefined
    const body = { ...words, media_ids: images.map(({ id }) => id) }
    return async () => {
      const { id: post_id } = await this.#client.call(
        'createPost',
        { path: { board_id }, body },
        { idempotencyKey },
      )
      const path = { board_id, post_id }
      const cids = images.map(({ cid }) => cid)
      const post = { path, words, attempted: undefined, images: cids, comments: new Map() }
      person.posts.push(post)
      this.#posts.push(post)
      this.#note('post', post)
    }
  }

  #comment(post: Post): Act {
    const [{ text }, idempotencyKey] = [this.#words('Comment'), uuidv7()]
    const { path } = post
    return async () => {
      const { id } = await this.#client.call('createComment', { path, body: { text } }, { idempotencyKey })
      post.comments.set(id, text)
      this.#note('comment', post)
    }
  }

  #edit(post: Post): Act {
    const [words, idempotencyKey] = [this.#words('Edited'), uuidv7()]
    const input = { path: post.path, body: { ...words, media_ids: [...post.images] } }
    post.attempted = words
    return async () => {
      await this.#client.call('updatePost', input, { idempotencyKey })
      post.words = words
      post.attempted = undefined
      this.#note('edit', post)
    }
  }

  #note(kind: keyof typeof this.records, post: Post): void {
    this.#done[kind]++
    this.#touched.add(post)
  }

  /** Some texts are too long for the database and lie in files. */
  #words(what: string): Words {
    const n = this.#count++
    const text = n % 5 === 3 ? `${n} ${'书'.repeat(25_000 + n)}` : `${what} ${n} says this.`
    return { title: `${what} ${n}`, text }
  }
}

async function verifyPost(reader: Client, url: string, post: Post): Promise<void> {
  const { path, words, attempted } = post
  const { title, body, images } = await reader.call('getPost', { path })
  const either = attempted ? [words, attempted] : [words]
  expect(either.map((one) => `${one.title}: ${one.text}`)).toContain(`${title}: ${body.text}`)
  expect(images.map(({ image_cid }) => image_cid)).toEqual(post.images)
  for (const { image_cid, image_url, thumb_cid, thumb_url } of images)
    expect([await servedCid(url, image_url), await servedCid(url, thumb_url)]).toEqual([image_cid, thumb_cid])
  if (post.comments.size === 0) return
  const { items } = await reader.call('listComments', { path, query: { limit: 200 } })
  const comments = new Map(items.map((one) => [one.id, one.body.text]))
  for (const [id, text] of post.comments) expect(comments.get(id)).toBe(text)
}

/** What the bytes say that they are. */
async function servedCid(url: string, path: string | null): Promise<string> {
  const response = await fetch(new URL(path ?? 'missing', url))
  expect(response.status).toBe(200)
  const hasher = new ContentHasher(() => createHash('sha256'))
  hasher.update(new Uint8Array(await response.arrayBuffer()))
  return cidOf(hasher.finish(response.headers.get('content-type') ?? '').content.digest)
}
