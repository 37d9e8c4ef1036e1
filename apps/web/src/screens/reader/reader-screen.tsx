import './reader.css'
import './reader-bars.css'
import './reader-floating.css'
import './reader-look.css'
import './reader-margin.css'
import './reader-panels.css'
import { useParams } from '@tanstack/react-router'
import { AppLayer } from '../../frame/frame.tsx'
import { OpenBook } from './book/open-book.tsx'
import { OpeningStage } from './start/opening-stage.tsx'
import { useOpenedFile } from './start/use-opened-file.ts'

/** A book, full screen. */
export function ReaderScreen() {
  const { bookId } = useParams({ from: '/signed-in/books/$bookId' })
  const { opening, retry } = useOpenedFile(bookId)
  return (
    <>
      {opening.status === 'ready' ? (
        <OpenBook key={bookId} file={opening.file} retry={retry} />
      ) : (
        <OpeningStage opening={opening} bookId={bookId} retry={retry} />
      )}
      <AppLayer />
    </>
  )
}
