import { readdirSync, readFileSync } from 'node:fs'
import { readBook } from './src/capabilities/library/formats/testing.ts'
import { FileError } from './src/capabilities/library/formats/errors.ts'
const verbose = process.argv.includes('-v')
for (const f of process.argv.slice(2).filter((x) => x !== '-v').flatMap((p) => p.endsWith('/') ? readdirSync(p).map((n) => p + n) : [p])) {
  const t = performance.now()
  try { const { analysis, all } = await readBook(readFileSync(f), f); const odd = analysis.warnings.map((w) => w.code + JSON.stringify(w.params)).join(' ')
    if (verbose || odd || all.length === 0) console.log('ok', f.split('/').at(-1), `"${analysis.title}"`, analysis.language, analysis.direction, analysis.verticalWriting ? 'V' : '', analysis.fixedLayout ? 'FXL' : '', analysis.sections.length, all.length, odd, (performance.now() - t).toFixed(0))
  } catch (e) { console.log(e instanceof FileError ? 'REFUSED' : 'CRASH', f.split('/').at(-1), e instanceof FileError ? e.code + JSON.stringify(e.params) : e) }
}
