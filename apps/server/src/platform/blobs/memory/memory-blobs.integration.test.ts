import { systemClock } from '@stoa/kernel'
import { afterEach, describe } from 'vitest'
import { blobStoreAcceptance } from '../blobs.acceptance.ts'
import { UrlSigner } from '../signed/grant.ts'
import { SignedBlobs } from '../signed/serve.ts'
import { serveSigned } from '../signed/testing.ts'
import { MemoryBlobs } from './memory-blobs.ts'

describe('blobs in memory', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  blobStoreAcceptance(async () => {
    const signer = new UrlSigner({
      keys: [new Uint8Array(32).fill(7)],
      basePath: '/blobs',
      clock: systemClock,
    })
    const store = new MemoryBlobs({ signer, clock: systemClock })
    const { origin, close } = await serveSigned(new SignedBlobs(store, signer, systemClock))
    closing.push(close)
    return { store, fetch: (url, init) => fetch(new URL(url, origin), init) }
  })
})
