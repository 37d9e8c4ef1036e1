import { container } from './epub.ts'
import { buildPng } from './png.ts'
import { buildZip } from './zip.ts'

const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'

function page(title: string, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
${doctype}
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body>${body}</body></html>`
}

const opf = `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="BookId">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
    <dc:title>Old Roads</dc:title>
    <dc:creator opf:role="trl" opf:file-as="Other, T.">T. Other</dc:creator>
    <dc:creator opf:role="aut" opf:file-as="Walker, Ann">Ann Walker</dc:creator>
    <dc:language>en</dc:language>
    <dc:date opf:event="modification">2011-02-03</dc:date>
    <dc:date opf:event="publication">1909</dc:date>
    <dc:identifier id="BookId" opf:scheme="UUID">urn:uuid:2f0c4c1e-58d1-4f57-9d1e-3f6f3c1f9a10</dc:identifier>
    <dc:identifier opf:scheme="ISBN">0-306-40615-2</dc:identifier>
    <meta name="cover" content="cover-img"/>
  </metadata>
  <manifest>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="cover-page" href="Text/cover.html" media-type="application/xhtml+xml"/>
    <item id="one" href="Text/Chapter%201.html" media-type="application/xhtml+xml"/>
    <item id="two" href="text/chapter2.html" media-type="application/xhtml+xml"/>
    <item id="cover-img" href="Images/front.png" media-type="image/png"/>
  </manifest>
  <spine toc="ncx">
    <itemref idref="cover-page" linear="no"/>
    <itemref idref="one"/>
    <itemref idref="two"/>
  </spine>
  <guide><reference type="cover" title="Cover" href="Text/cover.html"/></guide>
</package>`

const ncx = `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
  <head><meta name="dtb:uid" content="urn:uuid:2f0c4c1e-58d1-4f57-9d1e-3f6f3c1f9a10"/></head>
  <docTitle><text>Old Roads</text></docTitle>
  <navMap>
    <navPoint id="n1" playOrder="1"><navLabel><text>The Ridgeway</text></navLabel><content src="Text/Chapter%201.html"/>
      <navPoint id="n2" playOrder="2"><navLabel><text>Chalk</text></navLabel><content src="Text/Chapter%201.html#chalk"/></navPoint>
    </navPoint>
    <navPoint id="n3" playOrder="3"><navLabel><text>The Causeway</text></navLabel><content src="text/chapter2.html"/></navPoint>
  </navMap>
</ncx>`

/**
 * EPUB 2 as it was made by hand: NCX, guide, `opf:` attributes, named entities under an XHTML document type, a percent-encoded
 * href and one in the wrong case.
 */
export function epub2WithNcx(): Uint8Array<ArrayBuffer> {
  const cover = buildPng(60, 90, (x, y) => [120 + (x % 40), 90 + (y % 40), 60])
  return buildZip([
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    { name: 'META-INF/container.xml', data: container('OEBPS/content.opf') },
    { name: 'OEBPS/content.opf', data: opf },
    { name: 'OEBPS/toc.ncx', data: ncx },
    {
      name: 'OEBPS/Text/cover.html',
      data: page('Cover', '<div><img src="../Images/front.png" alt="Old Roads"/></div>'),
    },
    {
      name: 'OEBPS/Text/Chapter 1.html',
      data: page(
        'The Ridgeway',
        '<h1>The Ridgeway</h1><p>The oldest road in the county goes nowhere in particular&nbsp;&mdash; it keeps to the hill and lets the towns come to it.</p><h2 id="chalk">Chalk</h2><p>Where the turf is worn through, the road is white, and can be followed on a moonless night by anyone who is not in a hurry.</p>',
      ),
    },
    {
      name: 'OEBPS/Text/Chapter2.html',
      data: page(
        'The Causeway',
        '<h1>The Causeway</h1><p>Twice a day it is a road, and twice a day it is the sea, and the ferryman and the carter have agreed never to speak of it.</p>',
      ),
    },
    { name: 'OEBPS/Images/front.png', data: cover, stored: true },
  ])
}
