import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canEnter, prepareLayout } from './layout.ts'

const NOBODY = { uid: 65534, gid: 65534 }

describe.skipIf(process.getuid?.() !== 0)('where root puts the database', () => {
  let folder: string
  let dataDir: string
  const machine = () => ({ uid: 0, temporary: tmpdir(), system: join(folder, 'system') })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stoa-layout-'))
    await chmod(folder, 0o755)
    dataDir = join(folder, 'data')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('a data folder that root keeps to itself lets the server pass through, and nobody else', async () => {
    await mkdir(dataDir, { mode: 0o700 })
    const layout = await prepareLayout(dataDir, machine())
    expect(layout).toMatchObject({ home: join(dataDir, 'postgres'), user: NOBODY })
    const { mode, gid } = await stat(dataDir)
    expect([mode & 0o777, gid]).toEqual([0o710, NOBODY.gid])
    expect(await canEnter(layout.cluster.replace(/\/db$/, ''), NOBODY)).toBe(true)
    expect(await canEnter(dataDir, { uid: 1, gid: 1 })).toBe(false)
  })

  test('a data folder with a group of its own is left as it is', async () => {
    await mkdir(dataDir)
    await chown(dataDir, 0, 4)
    await chmod(dataDir, 0o750)
    const layout = await prepareLayout(dataDir, machine())
    expect(layout.home.startsWith(machine().system)).toBe(true)
    expect((await stat(dataDir)).gid).toBe(4)
  })

  test('a choice once made is kept, also when the data folder was moved', async () => {
    await chmod(folder, 0o700)
    const first = await prepareLayout(dataDir, machine())
    expect((await readFile(join(dataDir, 'postgres.location'), 'utf8')).trim()).toBe(first.home)
    await chmod(folder, 0o755)
    await rename(dataDir, join(folder, 'moved'))
    expect((await prepareLayout(join(folder, 'moved'), machine())).home).toBe(first.home)
  })

  test('a folder for the socket that somebody else made is refused', async () => {
    const temporary = join(folder, 'temporary')
    const deep = join(dataDir, 'deep'.repeat(25))
    const { socket } = await prepareLayout(deep, { ...machine(), temporary })
    await chmod(socket, 0o777)
    await expect(prepareLayout(deep, { ...machine(), temporary })).rejects.toMatchObject({
      code: 'database.folder_denied',
    })
  })
})
