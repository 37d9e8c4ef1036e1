/** Longest side of a picture that is sent, in pixels: what a large screen shows. */
const MOST_SIDE = 2560
/** Small enough to be sent as it is. */
const SMALL_BYTES = 1_000_000
const QUALITY = 0.88

/**
 * A photo is made smaller before it travels. What this browser cannot read, or what would not become smaller, goes as it is: the
 * server decides.
 */
export async function shrink(file: File): Promise<Blob> {
  // Animation would be lost; drawings are refused by the server with a reason.
  if (file.type === 'image/gif' || file.type === 'image/svg+xml') return file
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height))
    if (scale === 1 && file.size <= SMALL_BYTES) return file
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const smaller = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
    return smaller.size < file.size ? smaller : file
  } catch {
    return file
  }
}
