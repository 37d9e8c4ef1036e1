import { join } from 'node:path'
import { run } from '../support/commands.ts'

/** Whether Debian's calibre is installed. */
export const hasCalibre = (): Promise<boolean> =>
  run('calibredb', ['--version']).then(
    () => true,
    () => false,
  )

/** `calibredb add` of a folder into a new library; seconds. */
export async function addWithCalibre(folder: string, libraryBelow: string): Promise<number> {
  const began = performance.now()
  await run('calibredb', ['add', '--recurse', folder, '--with-library', join(libraryBelow, 'calibre')], {
    CALIBRE_CONFIG_DIRECTORY: join(libraryBelow, 'calibre-config'),
  })
  return (performance.now() - began) / 1000
}
