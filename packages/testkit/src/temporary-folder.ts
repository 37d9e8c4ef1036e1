import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for data folders of programs. Others may pass through it, though not look around: PostgreSQL, which a test that
 * runs as root starts as another user, then keeps its files inside, where they are removed together.
 */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  await chmod(folder, 0o711)
  return folder
}
