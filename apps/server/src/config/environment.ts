/** The environment of the process. Nobody outside this folder reads it elsewhere. */
export const environment: Readonly<Record<string, string | undefined>> = process.env
