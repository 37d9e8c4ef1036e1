import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json, text } from 'node:stream/consumers'
import type { GithubSettings } from '../parts.ts'

export interface GithubUser {
  readonly id: number
  readonly login: string
  readonly name: string | null
  readonly emails: readonly {
    readonly email: string
    readonly primary: boolean
    readonly verified: boolean
  }[]
}

export interface TestGithub {
  user: GithubUser
  readonly settings: GithubSettings
  /** The address GitHub sends the browser back to, after checking what it was asked. */
  authorize(authorizationUrl: string): URL
  close(): Promise<void>
}

interface Issued {
  readonly challenge: string
  readonly redirectUri: string
}

/** GitHub as its documentation describes it: OAuth 2 without discovery, errors with status 200, scopes with commas. */
export async function startGithub(): Promise<TestGithub> {
  const codes = new Map<string, Issued>()
  const state: { user: GithubUser } = { user: { id: 1, login: 'nobody', name: null, emails: [] } }
  const server = createServer((request, response) => void answer(codes, state, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    get user() {
      return state.user
    },
    set user(user) {
      state.user = user
    },
    settings: {
      ...{
        kind: 'github',
        id: 'github',
        name: 'GitHub',
        clientId: 'stoa',
        clientSecret: SECRET,
        webUrl: url,
        apiUrl: url,
      },
    },
    authorize: (authorizationUrl) => authorize(codes, authorizationUrl),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const SECRET = 'github-secret-that-must-never-be-logged'

function authorize(codes: Map<string, Issued>, authorizationUrl: string): URL {
  const { pathname, searchParams: asked } = new URL(authorizationUrl)
  if (pathname !== '/login/oauth/authorize' || asked.get('code_challenge_method') !== 'S256')
    throw new Error(authorizationUrl)
  const back = new URL(asked.get('redirect_uri') ?? '')
  const code = `code-${codes.size}`
  codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri: back.href })
  back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()
  return back
}

async function answer(
  codes: Map<string, Issued>,
  { user }: { readonly user: GithubUser },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(body))
  if (request.url === '/login/oauth/access_token')
    return void send(200, redeem(codes, new URLSearchParams(await text(request))))
  if (request.headers.authorization !== 'Bearer gho_test')
    return void send(401, { message: 'Bad credentials' })
  if (request.url === '/user')
    return void send(200, { id: user.id, login: user.login, name: user.name, email: null })
  if (request.url === '/user/emails') return void send(200, user.emails)
  send(404, await json(request).catch(() => null))
}

function redeem(codes: Map<string, Issued>, form: URLSearchParams): object {
  const issued = codes.get(form.get('code') ?? '')
  codes.delete(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  const good = issued?.challenge === challenge && issued.redirectUri === form.get('redirect_uri')
  if (!good)
    return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }
  if (form.get('client_secret') !== SECRET) return { error: 'incorrect_client_credentials' }
  return { access_token: 'gho_test', token_type: 'bearer', scope: 'read:user,user:email' }
}
