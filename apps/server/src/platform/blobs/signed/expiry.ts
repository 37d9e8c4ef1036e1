const SHORT = 240

/** Seconds within which the same grant gets the same URL: a quarter of its life, nothing for short lives. */
const step = (expiresInSeconds: number): number =>
  expiresInSeconds < SHORT ? 1 : Math.floor(expiresInSeconds / 4)

/** The end of a URL's life in Unix seconds, rounded down to a step that is the same for every caller. */
export function stableExpiry(nowSeconds: number, expiresInSeconds: number): number {
  const size = step(expiresInSeconds)
  return Math.floor((Math.floor(nowSeconds) + expiresInSeconds) / size) * size
}

/** The moment a URL should claim to be signed at, for signers that sign a beginning and a length (S3). */
export function stableSigningTime(nowSeconds: number, expiresInSeconds: number): number {
  const size = step(expiresInSeconds)
  return Math.floor(nowSeconds / size) * size
}
