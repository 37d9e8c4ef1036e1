import { expect, test } from 'vitest'
import { CLOSE } from './close-codes.ts'

test('CONN-2: the close codes, which clients know', () => {
  expect(CLOSE).toEqual({
    ...{ restarting: 1012, overloaded: 1013 },
    ...{ malformed: 4400, unauthenticated: 4401, forbidden: 4403, notFound: 4404 },
    ...{ slow: 4408, tooLarge: 4413, limited: 4429 },
  })
})
