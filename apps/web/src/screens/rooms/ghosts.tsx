import { Skeleton } from '@stoa/ui'

const WIDTHS = ['46%', '72%', '58%', '80%', '38%', '64%']

/** In the place of messages during the first second. */
export const GhostStream = () => (
  <div className="scroll ghost-stream" aria-busy="true">
    {WIDTHS.map((width) => (
      <div key={width} className="msg">
        <span className="av" />
        <div className="msg-in">
          <Skeleton width="110px" />
          <Skeleton width={width} />
        </div>
      </div>
    ))}
  </div>
)
