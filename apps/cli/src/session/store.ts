import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Where this terminal is signed in: address of a server → refresh token. */
type Sessions = Readonly<Record<string, string>>

/** Keeps refresh tokens in a file that only its owner can read, replaced as a whole so that a crash leaves the old or the new. */
export class SessionStore {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  async get(origin: string): Promise<string | undefined> {
    return (await this.#read())[origin]
  }

  async set(origin: string, refreshToken: string): Promise<void> {
    await this.#write({ ...(await this.#read()), [origin]: refreshToken })
  }

  async remove(origin: string): Promise<void> {
    const { [origin]: _gone, ...others } = await this.#read()
    await this.#write(others)
  }

  async #read(): Promise<Sessions> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
      throw error
    }
  }

  async #write(sessions: Sessions): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 })
    const fresh = `${this.#file}.${process.pid}`
    await writeFile(fresh, JSON.stringify(sessions), { mode: 0o600, flush: true })
    await rename(fresh, this.#file)
  }
}
