import { afterEach, expect, test, vi } from 'vitest'
import { shrink } from './shrink.ts'

const MB = 1_000_000
const picture = (bytes: number, type = 'image/jpeg') =>
  new File([new Uint8Array(bytes)], 'pond.jpg', { type })

/** A browser that reads pictures of this size, and writes them anew with this many bytes. */
function browser(read: { width: number; height: number } | undefined, written: number) {
  const drawn: [number, number][] = []
  const close = vi.fn()
  vi.stubGlobal('createImageBitmap', async () => {
    if (!read) throw new DOMException('The source image could not be decoded.', 'InvalidStateError')
    return { ...read, close }
  })
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      constructor(width: number, height: number) {
        drawn.push([width, height])
      }
      getContext = () => ({ drawImage: () => {} })
      convertToBlob = async ({ type }: { type: string }) => new Blob([new Uint8Array(written)], { type })
    },
  )
  return { drawn, close }
}
afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  [{ width: 3000, height: 1500 }, [2560, 1280]],
  [{ width: 1500, height: 6000 }, [640, 2560]],
  [{ width: 2560, height: 2560 }, [2560, 2560]],
])('%o is drawn as %o: the longest side is what a large screen shows', async (size, drawnAs) => {
  const { drawn, close } = browser(size, MB)
  const smaller = await shrink(picture(4 * MB))
  expect([drawn, smaller.size, smaller.type]).toEqual([[drawnAs], MB, 'image/webp'])
  expect(close).toHaveBeenCalledOnce()
})

test('what would not become smaller goes as it is', async () => {
  browser({ width: 3000, height: 1500 }, 300_000)
  const file = picture(200_000)
  expect(await shrink(file)).toBe(file)
})

test('what is small in both ways is not written anew', async () => {
  const { drawn } = browser({ width: 2000, height: 1500 }, 10)
  const file = picture(MB)
  expect(await shrink(file)).toBe(file)
  expect(drawn).toEqual([])
})

test('what the browser cannot read goes as it is: the server decides', async () => {
  browser(undefined, 10)
  const file = picture(4 * MB, 'image/heic')
  expect(await shrink(file)).toBe(file)
})

test('a browser that cannot draw off the page sends it as it is', async () => {
  browser({ width: 3000, height: 1500 }, 10)
  vi.stubGlobal('OffscreenCanvas', undefined)
  const file = picture(4 * MB)
  expect(await shrink(file)).toBe(file)
})

test.each(['image/gif', 'image/svg+xml'])('%s is never drawn anew', async (type) => {
  const { drawn } = browser({ width: 3000, height: 1500 }, 10)
  const file = picture(4 * MB, type)
  expect([await shrink(file), drawn]).toEqual([file, []])
})
