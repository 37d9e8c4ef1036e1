import { Skeleton } from '@stoa/ui'

/** Three lines to come, for the first moment of a first load. */
export const RowGhosts = () => (
  <div className="ghosts" aria-busy="true">
    {['64%', '48%', '56%'].map((width) => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)
