/** In units of `weigh`: passages are filled up to `full`, may grow to `most`, and a rest below `rest` joins the one before. */
export const sizes = { enough: 100, full: 150, most: 220, rest: 40 } as const
