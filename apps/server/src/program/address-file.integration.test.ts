import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAddress, removeAddress, writeAddress } from './address-file.ts'

test('says where the program is reached, and nothing when it is not there or no address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-address-'))
  expect(await readAddress(folder)).toBeUndefined()
  await writeAddress(folder, 'http://localhost:8003')
  expect(await readAddress(folder)).toBe('http://localhost:8003')
  await writeFile(join(folder, 'address'), 'no address')
  expect(await readAddress(folder)).toBeUndefined()
  await removeAddress(folder)
  await removeAddress(folder)
  expect(await readAddress(folder)).toBeUndefined()
  await rm(folder, { recursive: true })
})
