/** Words a minute of somebody who reads attentively. */
const PACE = 230

/** Minutes it takes to read so many words; at least one. */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / PACE))
