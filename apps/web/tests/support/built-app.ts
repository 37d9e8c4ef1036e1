import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../../../..')

/** The app as `npm start` builds it, built anew only when its sources changed. Gives the folder. */
export async function builtApp(): Promise<string> {
  await promisify(execFile)(process.execPath, ['tools/bootstrap.mjs', 'build'], { cwd: ROOT })
  return resolve(ROOT, 'apps/web/dist')
}
