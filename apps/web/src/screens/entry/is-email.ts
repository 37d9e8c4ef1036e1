/** Whether text has the shape of an address: something, one `@`, a name with or without dots. The server decides. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/.test(text.trim())
