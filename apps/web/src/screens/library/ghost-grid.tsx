/** Where the covers will be, for the first second of a first load. */
export function GhostGrid() {
  return (
    <div className="grid ghosts" aria-hidden="true">
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <span key={index} className="bk ghost">
          <span className="cover" />
        </span>
      ))}
    </div>
  )
}
