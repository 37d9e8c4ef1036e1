import { type DrmScheme, FileDamagedError, FileDrmError } from '../errors.ts'
import { decodeMarkup } from '../text/decode.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { descendants, firstDescendant } from '../xml/query.ts'
import type { ZipArchive } from '../zip/archive.ts'

/** Obfuscated fonts are no protection of the text: IDPF and Adobe mangling (EPUB 3.3 §4.4). */
const fontObfuscation = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC'])

/** Throws `FileDrmError` when `META-INF/encryption.xml` encrypts anything but fonts. */
export async function refuseEncrypted(archive: ZipArchive): Promise<void> {
  const entry = archive.find('META-INF/encryption.xml')
  if (!entry) return
  const { text } = decodeMarkup(await archive.read(entry))
  if (encryptsContent(text)) throw new FileDrmError({ scheme: await schemeOf(archive, text) })
}

/**
 * What to say about a chapter that holds no markup: a protected one where the container carries the marks of a scheme
 * (Kobo lists nothing in `encryption.xml`), else a damaged one.
 */
export async function unreadableError(
  archive: ZipArchive,
  part: string,
): Promise<FileDrmError | FileDamagedError> {
  const scheme = await schemeOf(archive, '')
  return scheme === 'unknown'
    ? new FileDamagedError({ part, reason: 'no markup' })
    : new FileDrmError({ scheme })
}

function encryptsContent(text: string): boolean {
  const root = parseXml(text, { part: 'META-INF/encryption.xml', entities: 'html' })
  for (const data of descendants(root, 'EncryptedData')) {
    const algorithm = firstDescendant(data, 'EncryptionMethod')?.getAttribute('Algorithm')
    if (!fontObfuscation.has(algorithm ?? '')) return true
  }
  return false
}

async function schemeOf(archive: ZipArchive, encryption: string): Promise<DrmScheme> {
  if (archive.find('META-INF/license.lcpl') || encryption.includes('readium.org/2014/01/lcp')) return 'lcp'
  if (archive.find('META-INF/sinf.xml')) return 'apple'
  const rights = await readRights(archive)
  if (/ns\.adobe\.com\/adept/.test(encryption + rights)) return 'adept'
  if (/kobo/i.test(rights)) return 'kobo'
  if (/readium/i.test(encryption + rights)) return 'readium'
  return 'unknown'
}

async function readRights(archive: ZipArchive): Promise<string> {
  const entry = archive.find('META-INF/rights.xml') ?? archive.find('rights.xml')
  return entry ? decodeMarkup(await archive.read(entry)).text : ''
}
