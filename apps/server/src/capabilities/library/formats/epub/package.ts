import { FileDamagedError } from '../errors.ts'
import type { SpineSteps } from '../segment/cfi.ts'
import { decodeMarkup } from '../text/decode.ts'
import { parseXml, XmlSyntaxError } from '../xml/parse-xml.ts'
import { childElement, childElements, firstDescendant, tokens } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { resolveHref } from './href.ts'

export interface ManifestItem {
  id: string
  /** Path from the container's root. */
  path: string
  mediaType: string
  properties: readonly string[]
  fallback: string | undefined
}

export interface SpineItem {
  item: ManifestItem
  linear: boolean
  properties: readonly string[]
  steps: SpineSteps
}

export interface EpubPackage {
  path: string
  version: string
  metadata: XmlElement | undefined
  /** Where the `unique-identifier` points. */
  identifierId: string | undefined
  manifest: readonly ManifestItem[]
  /** References to missing manifest items are left out, as foliate-js does. */
  spine: readonly SpineItem[]
  /** Manifest id of the NCX. */
  ncxId: string | undefined
  progression: 'ltr' | 'rtl' | 'default'
  /** EPUB 2 `guide` references by type, as paths. */
  guide: ReadonlyMap<string, string>
}

const containerPath = 'META-INF/container.xml'

/** Reads the container's first package document (EPUB 3.3 §4.2.6.3.1). Throws `FileDamagedError` naming the broken part. */
export async function readPackage(archive: ZipArchive): Promise<EpubPackage> {
  const container = await readXml(archive, containerPath)
  const rootfile = firstDescendant(container, 'rootfile')
  const path = resolveHref(rootfile?.getAttribute('full-path') ?? '', '')?.path
  if (!path) throw new FileDamagedError({ part: containerPath, reason: 'no package document' })
  const root = await readXml(archive, path)
  const manifest = manifestOf(root, path)
  const spine = spineOf(root, manifest)
  if (spine.length === 0) throw new FileDamagedError({ part: path, reason: 'empty spine' })
  const spineElement = childElement(root, 'spine')
  const progression = spineElement?.getAttribute('page-progression-direction')
  return {
    path,
    version: root.getAttribute('version') ?? '2.0',
    metadata: childElement(root, 'metadata'),
    identifierId: root.getAttribute('unique-identifier') ?? undefined,
    manifest,
    spine,
    ncxId: spineElement?.getAttribute('toc') ?? undefined,
    progression: progression === 'rtl' || progression === 'ltr' ? progression : 'default',
    guide: guideOf(root, path),
  }
}

async function readXml(archive: ZipArchive, path: string): Promise<XmlElement> {
  const entry = archive.find(path)
  if (!entry) throw new FileDamagedError({ part: path, reason: 'missing' })
  const { text } = decodeMarkup(await archive.read(entry))
  try {
    return parseXml(text, { part: path, entities: 'html' })
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error
    throw new FileDamagedError({ part: path, reason: error.message.slice(0, 200) }, error)
  }
}

function manifestOf(root: XmlElement, base: string): ManifestItem[] {
  const manifest = childElement(root, 'manifest')
  if (!manifest) throw new FileDamagedError({ part: base, reason: 'no manifest' })
  return childElements(manifest, 'item').flatMap((item) => {
    const id = item.getAttribute('id')
    const target = resolveHref(item.getAttribute('href') ?? '', base)
    if (!id || !target) return []
    return {
      id,
      path: target.path,
      mediaType: (item.getAttribute('media-type') ?? '').trim().toLowerCase(),
      properties: tokens(item, 'properties'),
      fallback: item.getAttribute('fallback') ?? undefined,
    }
  })
}

function spineOf(root: XmlElement, manifest: readonly ManifestItem[]): SpineItem[] {
  const spine = childElement(root, 'spine')
  if (!spine) return []
  const byId = new Map(manifest.map((item) => [item.id, item]))
  return childElements(spine, 'itemref').flatMap((itemref) => {
    const item = byId.get(itemref.getAttribute('idref') ?? '')
    if (!item) return []
    return {
      item,
      linear: itemref.getAttribute('linear') !== 'no',
      properties: tokens(itemref, 'properties'),
      steps: [spine.step, itemref.step] as const,
    }
  })
}

function guideOf(root: XmlElement, base: string): ReadonlyMap<string, string> {
  const guide = childElement(root, 'guide')
  const references = guide ? childElements(guide, 'reference') : []
  return new Map(
    references.flatMap((reference) => {
      const target = resolveHref(reference.getAttribute('href') ?? '', base)
      return target ? tokens(reference, 'type').map((type) => [type.toLowerCase(), target.path] as const) : []
    }),
  )
}
