import { expect, test } from 'vitest'
import { sharedTokens } from './shared-tokens.ts'

/** A server that counts renewals; `down` refuses them. */
function source() {
  const server = { renewals: 0, down: false }
  const tokens = sharedTokens(async () => {
    server.renewals += 1
    if (server.down) throw new Error('down')
    return `token ${server.renewals}`
  })
  return { server, tokens }
}

test('who asks, and who was refused, at the same time share one renewal', async () => {
  const { server, tokens } = source()
  expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(['token 1', 'token 1'])
  const renewed = await Promise.all([tokens.renew('token 1'), tokens.renew('token 1'), tokens.get()])
  expect(renewed.slice(0, 2)).toEqual(['token 2', 'token 2'])
  // Who was refused with one that is not current any more takes the current one.
  expect(await tokens.renew('token 1')).toBe('token 2')
  expect(server.renewals).toBe(2)
})

test('a renewal that failed is not the last word', async () => {
  const { server, tokens } = source()
  server.down = true
  await expect(tokens.get()).rejects.toThrow('down')
  await expect(tokens.renew(undefined)).rejects.toThrow('down')
  server.down = false
  expect(await tokens.renew(undefined)).toBe('token 3')
  expect(await tokens.get()).toBe('token 3')
})
