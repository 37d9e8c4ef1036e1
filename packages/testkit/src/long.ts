/** Whether this is `npm run test:long`: the same tests, more of them, for minutes instead of seconds. */
const long = process.env.STOA_LONG === '1'

/** How often a test is repeated: `const ROUNDS = rounds({ short: 5, long: 100 })`. */
export const rounds = (counts: { readonly short: number; readonly long: number }): number =>
  long ? counts.long : counts.short
