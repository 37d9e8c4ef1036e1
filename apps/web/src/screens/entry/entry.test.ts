import { describe, expect, it, vi } from 'vitest'
import { validateSignInSearch } from '../sign-in/routes.ts'
import { deviceName, isLoopback } from './device.ts'
import { isEmail } from './is-email.ts'
import { takeToken } from './tokens.ts'

const at = (url: string) => new URL(url, 'http://stoa.test') as unknown as Location

describe('one-time tokens in links', () => {
  it('are read from query or fragment and taken out of the address', () => {
    for (const link of ['/setup?token=abc-123', '/setup#token=abc-123', '/setup#abc-123']) {
      const replace = vi.fn()
      expect(takeToken(at(link), replace)).toBe('abc-123')
      expect(replace).toHaveBeenCalledWith('/setup')
    }
  })

  it('leave an address without one alone', () => {
    const replace = vi.fn()
    expect(takeToken(at('/setup'), replace)).toBeUndefined()
    expect(replace).not.toHaveBeenCalled()
  })
})

describe('where sign-in leads afterwards', () => {
  it('is a path of this app, never another site', () => {
    expect(validateSignInSearch({ return_to: '/read/1?x=2' })).toEqual({ return_to: '/read/1?x=2' })
    for (const trap of ['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', 7]) {
      expect(validateSignInSearch({ return_to: trap })).toEqual({})
    }
  })
})

describe('what the browser tells about itself', () => {
  it('names browser and system', () => {
    const iphone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1'
    expect(deviceName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox · Linux',
    )
    expect(deviceName(iphone)).toBe('Safari · iPhone')
    expect(deviceName('curl/8')).toBe('Browser')
  })

  it('knows an address nobody else can reach', () => {
    expect(['localhost', '127.0.0.1', '[::1]'].map(isLoopback)).toEqual([true, true, true])
    expect(isLoopback('study-desk.local')).toBe(false)
  })

  it('takes addresses as people write them', () => {
    expect(['anna@example.org', ' 顾@例子.cn ', 'root@localhost'].map(isEmail)).toEqual([true, true, true])
    expect(['anna', 'a b@c.d', 'a@b@c', 'a@.org'].map(isEmail)).toEqual([false, false, false, false])
  })
})
