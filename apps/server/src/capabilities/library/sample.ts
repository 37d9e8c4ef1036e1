import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'

/** Puts the handbook on the first shelf of a new organisation. */
export const SAMPLE = 'library.sample'

export interface SampleData {
  readonly tenantId: string
  readonly accountId: string
  readonly workspaceId: string
  readonly shelfId: string
  readonly shelfName: string
}

/** Who adds the files, to which new shelf, from where; the library does it. */
type AddFiles = (
  owner: Pick<SampleData, 'tenantId' | 'accountId'>,
  place: Pick<SampleData, 'workspaceId' | 'shelfId' | 'shelfName'>,
  paths: readonly string[],
) => Promise<void>

const BOOK = /\.(?:epub|pdf)$/

export function sampleJob(library: { addFiles: AddFiles }, folder: string): JobDefinition<SampleData> {
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
