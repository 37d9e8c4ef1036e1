const mebibyte = 1024 * 1024

/** What a file may cost. Beyond: `FileTooLargeError` or `FileZipBombError`, before the memory is spent. */
export const limits = {
  /** Entries of a container. */
  entries: 10_000,
  /** Sum of uncompressed sizes in a container. */
  uncompressed: 500 * mebibyte,
  /** Uncompressed ÷ compressed, once more than `ratioFrom` bytes are at stake. */
  ratio: 200,
  ratioFrom: 10 * mebibyte,
  /** One part that is parsed as a whole: a chapter, a package document. */
  markup: 32 * mebibyte,
  /** One picture that may become the cover. */
  image: 50 * mebibyte,
  /** Files without random access (text, FB2, MOBI), read as a whole. */
  wholeFile: 200 * mebibyte,
  /** Elements inside elements. Browsers flatten beyond 512; books mended by their HTML parser go a little deeper. */
  depth: 1000,
  /** Nodes of one parsed document. */
  nodes: 2_000_000,
  /** Entries of a table of contents. */
  toc: 20_000,
  /** Pages of a PDF. */
  pages: 20_000,
} as const
