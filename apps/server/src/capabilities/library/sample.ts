import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { Library } from './index.ts'

/** Puts the handbook on the first shelf of a new organisation. */
export const SAMPLE = 'library.sample'

export interface SampleData {
  readonly tenantId: string
  readonly accountId: string
  readonly workspaceId: string
  readonly shelfId: string
  readonly shelfName: string
}

const BOOK = /\.(?:epub|pdf)$/

export function sampleJob(library: Pick<Library, 'addFiles'>, folder: string): JobDefinition<SampleData> {
  return {
    name: SAMPLE,
    retryLimit: 5,
    concurrency: 1,
    expireInSeconds: 300,
    async run({ data, log }) {
      const names = (await readdir(folder)).filter((name) => BOOK.test(name)).sort()
      await library.addFiles(
        data,
        data,
        names.map((name) => join(folder, name)),
      )
      log.info({ action: 'sample_library_added', tenant_id: data.tenantId, books: names.length })
    },
  }
}
