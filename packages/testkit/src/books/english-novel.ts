import { buildEpub, type EpubChapter } from './epub.ts'
import { buildPng } from './png.ts'

/** Sentences that tests look for. Each occurs once in the book. */
export const novelSentences = {
  opening: 'The lamp had been out for eleven nights before anyone on the mainland noticed.',
  footnoted: 'She wrote the hour in the margin, as her father had done',
  footnote: 'The old clock at Harrow Point ran four minutes fast until 1911.',
  verse: 'and every keeper keeps the dark',
  table: 'Barrels of oil',
} as const

const partOne: EpubChapter = {
  file: 'part1.xhtml',
  title: 'Part One: The Ledger',
  body: '    <section epub:type="part"><h1>Part One: The Ledger</h1></section>',
}

const chapterOne: EpubChapter = {
  file: 'chapter1.xhtml',
  title: '1. The Lamp',
  level: 1,
  sections: [
    { title: 'The crossing', id: 'crossing' },
    { title: 'What the ledger said', id: 'ledger' },
  ],
  body: `    <section epub:type="chapter" id="ch1">
      <h1>1. The Lamp</h1>
      <p>${novelSentences.opening} It was a quiet autumn, with little traffic in the strait, and the fishing boats came home by daylight because the herring ran close to shore that year.</p>
      <p>Ada Merrow noticed on the twelfth night, from the window of the harbour office, where she had gone to look for a pencil. There was the black line of the island, and above it nothing at all, and it took her a moment to understand what was missing from a view she had not looked at in years.</p>
      <figure><img src="images/island.png" alt="The island from the harbour office"/><figcaption>The island, as seen from the harbour office.</figcaption></figure>
      <h2 id="crossing">The crossing</h2>
      <p>They crossed in the morning, she and the boy who kept the boats. The sea was flat and grey as slate. Halfway over, the boy asked whether keepers were ever paid for the nights on which nobody passed, and Ada said that those were the only nights they were paid for.</p>
      <p>“Then who pays for the others?” asked the boy.</p>
      <p>“The ones who passed,” said Ada, “and did not notice.”</p>
      <h2 id="ledger">What the ledger said</h2>
      <p>The ledger lay open on the table in the lamp room. ${novelSentences.footnoted},<a epub:type="noteref" role="doc-noteref" href="#fn1" id="fnref1"><sup>1</sup></a> and below it the direction of the wind. The last entry was twelve days old and had no hour beside it, only a small drawing of a door.</p>
      <aside epub:type="footnote" role="doc-footnote" id="fn1"><p>${novelSentences.footnote} <a href="#fnref1" role="doc-backlink">↩</a></p></aside>
    </section>`,
}

const chapterTwo: EpubChapter = {
  file: 'chapter2.xhtml',
  title: '2. The Stores',
  level: 1,
  body: `    <section epub:type="chapter">
      <h1>2. The Stores</h1>
      <p>In the store below the stairs she counted what was left, and wrote it down, since counting was the one part of the work that nobody had ever told her to stop doing.</p>
      <table><thead><tr><th>Store</th><th>Left</th></tr></thead><tbody><tr><td>${novelSentences.table}</td><td>3</td></tr><tr><td>Wicks, boxes of twelve</td><td>9</td></tr><tr><td>Tins of beef</td><td>0</td></tr></tbody></table>
      <p>Of the things that ought to have been there and were not, she made a second list:</p>
      <ul><li>the spare chimney glass,</li><li>the brass rule,</li><li>the keeper.</li></ul>
      <p>On the wall above the shelf somebody had written, in a hand that was neither the keeper’s nor her father’s:</p>
      <blockquote class="poem" epub:type="z3998:verse"><p>The sea is wide, the glass is small,<br/>${novelSentences.verse},<br/>and he that sees no light at all<br/>shall find the door without a mark.</p></blockquote>
      <p>She read it twice. Then she went up, filled the lamp, trimmed the wick, and lit it; and because it was still morning, nobody saw.</p>
    </section>`,
}

const partTwo: EpubChapter = {
  file: 'part2.xhtml',
  title: 'Part Two: The Door',
  body: `    <section epub:type="part"><h1>Part Two: The Door</h1></section>`,
}

const chapterThree: EpubChapter = {
  file: 'chapter3.xhtml',
  title: '3. The Door',
  level: 1,
  body: `    <section epub:type="chapter">
      <h1>3. The Door</h1>
      <p>There is a door on the seaward side of every lighthouse on that coast, a yard above the highest tide, which leads nowhere. The builders said it was for stores. The keepers, who carried the stores up from the landing on the other side, said nothing, and kept it painted.</p>
      <p>Ada had been born within sight of that door and had never seen it open. Now it stood wide, hooked back against the wall with a loop of new cord, and on the sill was a pair of boots, toes outward, with the laces tied.</p>
      <p>She waited until dark to see whether the light would show him the way back. It was a good light. She could see its beam go out over the water and come round again, and each time it passed the door she looked, and each time the boots were there, and the sea was as empty as a page before the hour has been written on it. Toward morning the wind went round to the west. She took down the ledger, wrote the hour in the margin four minutes slow, and drew beside it, as small as she could, a door that was shut. After that she slept, and when she woke the boy had come with the boat and was standing below, holding up one hand against the sun, calling a name that she took at first to be her own, and that was not hers, nor her father’s, nor that of anyone she had known on the island or off it; and from the seaward side of the tower, where there is nothing but a door and a drop and the strait, a voice that was a little hoarse, as voices are which have not been used for twelve days, answered him. She did not go to look at once. She wound the clock, which had stopped. She put the kettle on, and set out three cups, and only then went down the stairs, one hand on the wall, counting them, because counting was the one part of the work that nobody had ever told her to stop doing.</p>
    </section>`,
}

/**
 * An English story in two parts and three chapters, with a nested table of contents, a footnote, a table, a list, verse, a picture,
 * a cover, a series and an ISBN.
 */
export function englishNovel(): Uint8Array<ArrayBuffer> {
  return buildEpub({
    title: 'The Harrow Point Ledger',
    authors: ['Ada Example'],
    language: 'en-GB',
    identifier: 'urn:isbn:9783161484100',
    metadata: `    <dc:publisher>Strait Press</dc:publisher>
    <dc:date>2021-10-05</dc:date>
    <dc:subject>Fiction</dc:subject>
    <dc:subject>Lighthouses</dc:subject>
    <dc:description>&lt;p&gt;A lamp goes out &amp;amp; nobody notices.&lt;/p&gt;&lt;p&gt;A ledger remembers.&lt;/p&gt;</dc:description>
    <meta property="belongs-to-collection" id="series">The Strait</meta>
    <meta refines="#series" property="collection-type">series</meta>
    <meta refines="#series" property="group-position">2</meta>
`,
    css: 'body { line-height: 1.5 } .poem p { margin: 0 }',
    chapters: [partOne, chapterOne, chapterTwo, partTwo, chapterThree],
    resources: [
      { file: 'images/cover.png', mediaType: 'image/png', data: novelCover(), properties: 'cover-image' },
      { file: 'images/island.png', mediaType: 'image/png', data: islandPicture() },
    ],
  })
}

/** Night blue with a beam of light: 240 × 360 pixels. */
export function novelCover(): Uint8Array<ArrayBuffer> {
  return buildPng(240, 360, (x, y) => {
    const beam = Math.abs(y - 120 - (x - 120) * 0.3) < 12 + Math.max(0, x - 120) * 0.15 && x > 120
    return beam ? [240, 220, 150] : [20, 30 + (y >> 3), 70]
  })
}

function islandPicture(): Uint8Array<ArrayBuffer> {
  return buildPng(160, 90, (x, y) =>
    y > 60 - Math.max(0, 20 - Math.abs(x - 80)) ? [40, 50, 60] : [190, 200, 210],
  )
}
