import type { FastifyInstance, InjectOptions } from 'fastify'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: replies are validated against the contract by the mount
  readonly body: any
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

export interface BrowserOptions {
  readonly baseUrl?: string
  readonly userAgent?: string
  readonly ip?: string
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
let addresses = 0

/** A browser as the server sees one: it keeps cookies, tells its origin, and holds the access token it was given last. */
export class Browser {
  readonly baseUrl: string
  readonly cookies = new Map<string, string>()
  token: string | undefined
  readonly #app: FastifyInstance
  readonly #userAgent: string
  readonly #ip: string

  constructor(app: FastifyInstance, options: BrowserOptions = {}) {
    this.#app = app
    this.baseUrl = options.baseUrl ?? 'http://localhost:4040'
    this.#userAgent = options.userAgent ?? FIREFOX
    // Each browser has an address of its own, so that rate limits do not join tests.
    addresses += 1
    this.#ip = options.ip ?? `192.0.2.${addresses % 250}`
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, undefined, headers)
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, body, headers)
  }

  async call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { protocol, host, origin } = new URL(this.baseUrl)
    const request: InjectOptions = {
      method,
      url: path,
      remoteAddress: '127.0.0.1',
      headers: {
        ...{ host, 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-for': this.#ip },
        ...{ 'user-agent': this.#userAgent, origin, 'sec-fetch-site': 'same-origin' },
        ...(this.cookies.size > 0 && { cookie: this.#cookieHeader() }),
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    }
    const reply = await this.#app.inject(request)
    this.#keep(reply.headers['set-cookie'])
    const isJson = /json/.test(String(reply.headers['content-type']))
    const answer = {
      status: reply.statusCode,
      body: isJson ? reply.json() : undefined,
      headers: reply.headers,
    }
    if (typeof answer.body?.access_token === 'string') this.token = answer.body.access_token
    return answer
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keep(given: string | string[] | undefined): void {
    for (const line of [given ?? []].flat()) {
      const [pair = '', ...attributes] = line.split('; ')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}

/** Claims a new installation as its owner. */
export async function setUp(
  program: {
    readonly app: FastifyInstance
    readonly identity: { announce(baseUrl: string): Promise<string[]> }
  },
  fields: Record<string, unknown> = {},
  options: BrowserOptions = {},
): Promise<{ browser: Browser; answer: Answer }> {
  const browser = new Browser(program.app, options)
  const [link = ''] = 'token' in fields ? [] : await program.identity.announce(browser.baseUrl)
  const answer = await browser.post('/api/v1/setup', {
    ...{ token: link.split('#token=')[1], organisation_name: 'Reading Group', display_name: 'Ada' },
    ...{ email: 'ada@example.org', locale: 'en', time_zone: 'Europe/Berlin', ...fields },
  })
  return { browser, answer }
}
