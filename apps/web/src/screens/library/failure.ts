import { library as t } from '@stoa/ui/messages/library'

const REASONS: Readonly<Record<string, () => string>> = {
  'file.empty': t.fileEmpty,
  'file.truncated': t.fileTruncated,
  'file.not_a_book': t.fileNotABook,
  'file.damaged': t.fileDamaged,
  'file.too_large': t.fileTooLarge,
  'file.too_complex': t.fileTooComplex,
  'file.zip_bomb': t.fileZipBomb,
  'file.unsafe_path': t.fileUnsafe,
  'file.drm': t.fileDrm,
  'file.password': t.filePassword,
  'file.unsupported': t.fileUnsupported,
}

/** Why a file did not become a book, in the language of the interface. */
export const failureText = (code: string): string => (REASONS[code] ?? t.fileFailed)()
