import { buildEpub } from './epub.ts'

const formula = `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><mrow><msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup><mo>+</mo><mn>1</mn><mo>=</mo><mn>0</mn></mrow><annotation encoding="application/x-tex">e^{i\\pi}+1=0</annotation></semantics></math>`

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="200" height="120" role="img"><title>A triangle</title><polygon points="10,50 90,50 50,10" fill="none" stroke="#333"/><text x="45" y="58">base</text></svg>`

const plate = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><title>Plate</title><rect width="300" height="400" fill="#eee"/><text x="40" y="200">Plate the first</text></svg>
`

/** MathML and SVG within chapters, and an SVG document of its own in the reading order. */
export function mathAndSvg(): Uint8Array<ArrayBuffer> {
  return buildEpub({
    title: 'Figures & Proofs',
    authors: ['E. Uler'],
    language: 'en',
    identifier: 'urn:uuid:6a1d0f5e-2b3c-4d5e-8f90-a1b2c3d4e5f6',
    chapters: [
      {
        file: 'proof.xhtml',
        title: 'A short proof',
        body: `    <h1>A short proof</h1>\n    <p>The most quoted identity joins five numbers:</p>\n    ${formula}\n    <p>It is drawn below as a triangle.</p>\n    ${drawing}`,
      },
      {
        file: 'plate.xhtml',
        title: 'The plate',
        body: '    <p>The plate is a drawing of its own: <img src="plate.svg" alt="Plate the first"/></p>',
      },
    ],
    resources: [{ file: 'plate.svg', mediaType: 'image/svg+xml', data: plate }],
  })
}
