/** A reference to a place in the container. */
export interface Target {
  /** Path from the container's root, decoded. */
  path: string
  /** Decoded fragment without `#`; empty for none. */
  fragment: string
}

const root = 'https://container.invalid/'

/**
 * Resolves a reference found in the file `base`. Paths that climb above the root stay inside it (EPUB 3.3 §4.2.5).
 * Undefined for references that leave the container and for ones that are no URL.
 */
export function resolveHref(href: string, base: string): Target | undefined {
  try {
    const url = new URL(href.trim(), new URL(encodePath(base), root))
    if (!url.href.startsWith(root)) return undefined
    const path = url.pathname.slice(1).split('/').map(decode).join('/')
    return { path, fragment: decode(url.hash.slice(1)) }
  } catch {
    return undefined
  }
}

/** `target` as foliate-js wants it in `goTo`. */
export function hrefOf({ path, fragment }: Target): string {
  return fragment ? `${path}#${fragment}` : path
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

/** Percent-decoding that leaves malformed escapes as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
