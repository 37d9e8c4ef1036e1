import { type Command, Option } from 'commander'
import { exportDocument, type Format, importDocument, listDocuments } from './commands/documents.ts'
import type { ProgramContext } from './program-context.ts'
import { connect } from './session/connect.ts'
import { SessionStore } from './session/store.ts'

/** Commands about documents. */
export function addWriting(program: Command, { environment, print }: ProgramContext): void {
  const store = new SessionStore(environment.sessions)
  const documents = program.command('documents').description('documents: list, export, import')
  const add = (name: string, description: string) =>
    documents
      .command(name)
      .description(description)
      .option('--url <url>', 'address of the server', environment.url)
  add('list', 'documents, the newest edit first')
    .option('--json', 'for programs')
    .action(({ url, json }: { url: string; json?: boolean }) =>
      listDocuments(connect(url, store), json ? { json } : {}, print),
    )
  const formats = new Option('-f, --format <format>')
    .choices(['markdown', 'html', 'docx', 'epub'])
    .default('markdown')
  add('export', 'a document as a file')
    .argument('<document>', 'title, beginning of a title, or id')
    .addOption(formats)
    .option('-o, --out <path>', 'where to; replaces what is there')
    .action(async (document: string, options: { url: string; format: Format; out?: string }) => {
      await exportDocument(connect(options.url, store), document, options, print)
    })
  add('import', 'a Markdown or DOCX file as a new document')
    .argument('<file>')
    .option('-w, --workspace <workspace>', 'name or id')
    .action(async (file: string, { url, workspace }: { url: string; workspace?: string }) => {
      const where = { origin: url, ...(workspace !== undefined && { workspace }) }
      await importDocument(connect(url, store), file, where, print)
    })
}
