import { StoaError } from '@stoa/kernel'

export type FileErrorCode =
  | 'file.empty'
  | 'file.truncated'
  | 'file.not_a_book'
  | 'file.damaged'
  | 'file.too_large'
  | 'file.too_complex'
  | 'file.zip_bomb'
  | 'file.unsafe_path'
  | 'file.drm'
  | 'file.password'
  | 'file.unsupported'

/** Facts for the message shown to the reader; plain strings and numbers, so that they cross processes and HTTP unchanged. */
export type FileErrorParams = Readonly<Record<string, string | number>>

/** A file refused for a reason its owner can understand. Every refusal of this directory is one of these. */
export abstract class FileError extends StoaError {
  override readonly name: string = 'FileError'
  declare readonly code: FileErrorCode
  readonly params: FileErrorParams

  constructor(code: FileErrorCode, message: string, params: FileErrorParams, cause?: unknown) {
    super(code, message, { details: params, cause })
    this.params = params
  }
}

/** The file has no bytes. */
export class FileEmptyError extends FileError {
  constructor(params: FileErrorParams = {}) {
    super('file.empty', 'The file is empty.', params)
  }
}

/** The file ends before its content does: an interrupted download or copy. */
export class FileTruncatedError extends FileError {
  constructor(params: FileErrorParams = {}, cause?: unknown) {
    super('file.truncated', 'The file is cut off before its end.', params, cause)
  }
}

/** Recognised as something else, or as nothing known. `found` names it when known, e.g. `png`. */
export class FileNotABookError extends FileError {
  constructor(params: { found?: string } = {}) {
    super('file.not_a_book', 'The file is not a book in a known format.', params)
  }
}

/** `part` is the entry or structure that cannot be read, `reason` a short technical note. */
export class FileDamagedError extends FileError {
  constructor(params: { part: string; reason?: string }, cause?: unknown) {
    super('file.damaged', 'A part of the file is damaged.', params, cause)
  }
}

/** `part` is what is too large; sizes in bytes (or entries, for `part: 'entries'`). */
export class FileTooLargeError extends FileError {
  constructor(params: { part: string; size: number; limit: number }) {
    super('file.too_large', 'The file, or a part of it, is too large.', params)
  }
}

/** Reading the file took more time, memory or nesting than a book may. */
export class FileTooComplexError extends FileError {
  constructor(params: { part: string }, cause?: unknown) {
    super('file.too_complex', 'The file takes too much time or memory to read.', params, cause)
  }
}

/** A container whose content is far larger than it says or than its size allows. */
export class FileZipBombError extends FileError {
  constructor(params: { part: string }) {
    super('file.zip_bomb', 'The file unpacks to far more than a book.', params)
  }
}

/** An entry named so that unpacking it would write outside its folder, or a link. */
export class FileUnsafePathError extends FileError {
  constructor(params: { path: string }) {
    super('file.unsafe_path', 'The file contains an unsafe path.', params)
  }
}

export type DrmScheme = 'adept' | 'lcp' | 'apple' | 'kobo' | 'kindle' | 'readium' | 'unknown'

/** The publisher locked the file. `scheme` says with what. */
export class FileDrmError extends FileError {
  constructor(params: { scheme: DrmScheme }) {
    super('file.drm', 'The file is protected by DRM.', params)
  }
}

/** The file asks for a password before it shows anything. */
export class FilePasswordError extends FileError {
  constructor(params: FileErrorParams = {}) {
    super('file.password', 'The file is protected by a password.', params)
  }
}

/** A format or feature that is known but not read. `feature` names it, e.g. `djvu`, `zip method 12`. */
export class FileUnsupportedError extends FileError {
  constructor(params: { feature: string }) {
    super('file.unsupported', 'The format of the file, or of a part of it, is not supported.', params)
  }
}

const classes: Record<FileErrorCode, new (params: never) => FileError> = {
  'file.empty': FileEmptyError,
  'file.truncated': FileTruncatedError,
  'file.not_a_book': FileNotABookError,
  'file.damaged': FileDamagedError,
  'file.too_large': FileTooLargeError,
  'file.too_complex': FileTooComplexError,
  'file.zip_bomb': FileZipBombError,
  'file.unsafe_path': FileUnsafePathError,
  'file.drm': FileDrmError,
  'file.password': FilePasswordError,
  'file.unsupported': FileUnsupportedError,
}

/** What an error becomes on its way out of the process that reads it. */
export interface FileErrorMessage {
  code: FileErrorCode
  params: FileErrorParams
}

/** The error of the same class that `message` was made from. */
export function fileErrorFrom(message: FileErrorMessage): FileError {
  return new classes[message.code](message.params as never)
}

/** Every code, for the error reference and its test. */
export const fileErrorCodes = Object.keys(classes) as readonly FileErrorCode[]
