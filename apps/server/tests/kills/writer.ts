import type { Client } from '@stoa/sdk'
import { uploadBoardMedia } from '@stoa/testkit/board-media'
import type { Dice } from '@stoa/testkit/books/random'
import sharp from 'sharp'

interface Written {
  readonly path: { readonly board_id: string; readonly post_id: string }
  readonly author: Client
}

/** A picture of which encoders make nothing smaller, so many pixels wide and high. */
export const noise = (edge: number): Promise<Buffer> => {
  const gaussian = { type: 'gaussian', mean: 128, sigma: 80 } as const
  const create = { width: edge, height: edge, channels: 3, background: '#000', noise: gaussian } as const
  return sharp({ create }).jpeg({ quality: 90 }).toBuffer()
}

/** People who write on boards: posts with bodies of all sizes and pictures, comments, second thoughts. */
export class BoardWriters {
  readonly #people: readonly Client[]
  readonly #url: string
  readonly #dice: Dice
  readonly #boards: string[] = []
  readonly #posts: Written[] = []
  #picture: { readonly id: string; readonly author: Client } | undefined
  #count = 0
  #writing: Promise<void> | undefined
  #stopped = true

  /** `people`: none of whom writes too often for the node. */
  constructor(people: readonly Client[], url: string, dice: Dice) {
    this.#people = people
    this.#url = url
    this.#dice = dice
  }

  /** Begins to write; rests after so many acts. */
  start(most: number): void {
    this.#stopped = false
    this.#writing = this.#write(most)
    // Told by `stop`.
    this.#writing.catch(() => {})
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#writing
  }

  async board(): Promise<void> {
    const title = `Board ${this.#boards.length}`
    const { id } = await this.#dice.pick(this.#people).call('createBoard', { body: { title } })
    this.#boards.push(id)
  }

  /** For the next post. `edge`: pixels; from 1400 it is more than a megabyte. */
  async picture(edge: number): Promise<void> {
    const author = this.#dice.pick(this.#people)
    const { id } = await uploadBoardMedia(author, this.#url, await noise(edge))
    this.#picture = { id, author }
  }

  async post(): Promise<void> {
    const n = this.#count++
    const picture = this.#picture
    this.#picture = undefined
    const author = picture?.author ?? this.#dice.pick(this.#people)
    const board_id = this.#dice.pick(this.#boards)
    const text = n % 4 === 3 ? `${n} ${'书'.repeat(25_000 + n)}` : `Post ${n} says this.`
    const media_ids = picture ? [picture.id] : []
    const body = { title: `Post ${n}`, text, media_ids }
    const { id: post_id } = await author.call('createPost', { path: { board_id }, body })
    this.#posts.push({ path: { board_id, post_id }, author })
  }

  async #write(most: number): Promise<void> {
    for (let n = 0; n < most && !this.#stopped; n++) {
      const act = this.#dice.between(0, 9)
      if (act < 5 || this.#picture || this.#posts.length === 0) await this.post()
      else await this.#answer(act)
    }
  }

  async #answer(act: number): Promise<void> {
    const post = this.#dice.pick(this.#posts)
    const { path, author } = post
    const n = this.#count++
    if (act < 8) {
      const somebody = this.#dice.pick(this.#people)
      await somebody.call('createComment', { path, body: { text: `Comment ${n}` } })
    } else if (act === 8) {
      await author.call('updatePost', { path, body: { title: `Edited ${n}`, text: `Edited ${n}` } })
    } else {
      await author.call('deletePost', { path })
      this.#posts.splice(this.#posts.indexOf(post), 1)
    }
  }
}
