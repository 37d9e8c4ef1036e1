import { Skeleton } from '@stoa/ui'

/** Three rows to come, for the first moment of a first load. */
export const LoadingRows = () =>
  ['62%', '48%', '56%'].map((width) => (
    <div className="who" key={width} aria-busy="true">
      <span className="glyph" />
      <Skeleton width={width} />
    </div>
  ))
