import { describe, expect, test } from 'vitest'
import { type Hop, nextHop } from './redirect.ts'

const post: Hop = {
  url: new URL('https://a.example/path/one'),
  method: 'POST',
  headers: {
    Authorization: 'Bearer secret',
    'X-Api-Key': 'secret',
    Cookie: 'secret',
    Accept: 'application/json',
    'Content-Type': 'text/plain',
  },
  body: 'body',
}

describe('redirects', () => {
  test.each([200, 204, 300, 304, 404])('%i is none', (status) => {
    expect(nextHop(post, status, '/x')).toBeUndefined()
  })

  test('one without a target is an answer', () => {
    expect(nextHop(post, 302, null)).toBeUndefined()
  })

  test.each([301, 302, 303])('%i turns POST into GET without body', (status) => {
    const hop = nextHop(post, status, 'two?x=1')
    expect(hop).toMatchObject({ method: 'GET', body: undefined })
    expect(hop?.url.href).toBe('https://a.example/path/two?x=1')
    expect(hop?.headers).not.toHaveProperty('Content-Type')
    expect(hop?.headers).toHaveProperty('Authorization')
  })

  test.each([307, 308])('%i keeps method and body', (status) => {
    expect(nextHop(post, status, '/two')).toMatchObject({ method: 'POST', body: 'body' })
  })

  test('HEAD stays HEAD', () => {
    expect(nextHop({ ...post, method: 'HEAD' }, 303, '/two')).toMatchObject({ method: 'HEAD' })
  })

  test.each(['https://b.example/', '//b.example/', 'https://a.example:8448/'])(
    '%s gets no secrets',
    (location) => {
      expect(nextHop(post, 307, location)?.headers).toEqual({
        Accept: 'application/json',
        'Content-Type': 'text/plain',
      })
    },
  )

  test.each(['http://a.example/', 'ftp://a.example/', 'javascript:alert(1)', 'https://'])(
    '%s is not followed',
    (location) => {
      expect(() => nextHop(post, 302, location)).toThrow(
        expect.objectContaining({ code: 'outbound.redirect_refused' }),
      )
    },
  )
})
