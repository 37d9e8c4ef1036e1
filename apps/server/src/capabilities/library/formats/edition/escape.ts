// Everything XML 1.0 does not allow in a document (§2.2), lone surrogates included.
const invalid =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const special: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in XML, in an element or in a double-quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(invalid, '').replace(/[&<>"]/g, (sign) => special[sign] ?? '')
}
