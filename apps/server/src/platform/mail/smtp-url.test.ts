import { describe, expect, test } from 'vitest'
import { smtpOptions } from './smtp-url.ts'

const from = 'stoa@read.example'

describe('the URL of a mail server', () => {
  test.each([
    ['smtps://mail.example', { host: 'mail.example', port: 465, security: 'tls' }],
    ['smtp://mail.example', { host: 'mail.example', port: 587, security: 'starttls' }],
    ['smtp://mail.example:2525', { port: 2525, security: 'starttls' }],
    ['smtp://localhost', { host: 'localhost', port: 25, security: 'none' }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, security: 'none' }],
    ['smtp://mail.internal?security=none', { port: 25, security: 'none' }],
    ['smtp://localhost?security=starttls', { port: 587, security: 'starttls' }],
  ])('%s', (url, expected) => {
    expect(smtpOptions(url, from)).toMatchObject(expected)
  })

  test('holds the user and an encoded password', () => {
    const options = smtpOptions('smtps://a%40b:p%3Aw%2F%25@mail.example', from)
    expect(options).toMatchObject({ user: 'a@b', password: 'p:w/%' })
    expect(smtpOptions('smtps://mail.example', from)).not.toHaveProperty('user')
  })

  test.each(['http://mail.example', 'mail.example', 'smtp://', 'smtp://mail.example?security=maybe'])(
    '%s is refused',
    (url) => {
      expect(() => smtpOptions(url, from)).toThrow(TypeError)
    },
  )

  test('the sender has a name or none', () => {
    const sender = (text: string) => smtpOptions('smtp://mail.example', text).from
    expect(sender('stoa@read.example')).toEqual({ name: 'Stoa', address: 'stoa@read.example' })
    expect(sender('Stoa 读书会 <stoa@read.example>')).toEqual({
      name: 'Stoa 读书会',
      address: 'stoa@read.example',
    })
    expect(sender('"Reading club" <stoa@read.example>')).toMatchObject({ name: 'Reading club' })
    expect(() => sender('Stoa')).toThrow(expect.objectContaining({ code: 'mail.address_invalid' }))
  })
})
