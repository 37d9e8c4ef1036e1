import type { BookFormat, BookView } from './book-view.ts'

/** A view for the format. The engines load only now, so that the app's first load stays small. */
export async function createBookView(format: BookFormat): Promise<BookView> {
  if (format === 'pdf') {
    const { PdfView } = await import('./pdf/pdf-view.ts')
    return new PdfView()
  }
  const { FoliateView } = await import('./foliate/foliate-view.ts')
  return new FoliateView(format)
}
