const COLUMNS = Array.from({ length: 13 }, (_, index) => index)
const FLUTES = [9, 16, 23, 30]

/** Columns in rhythm behind the card, from wall to wall; drawn in the line colour and never announced. */
export function Colonnade() {
  return (
    <svg className="colonnade" viewBox="0 0 1560 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <path d="M0 96h1560M0 112h1560M0 140h1560" />
      {COLUMNS.map((column) => (
        <g key={column} transform={`translate(${column * 120 + 40} 0)`}>
          <path d="M-8 150h56M-4 160h48M2 168h36" />
          <path d="M3 168C2 400 0 700 -2 858M37 168c1 232 3 532 5 690" />
          {FLUTES.map((x) => (
            <path key={x} d={`M${x} 176V850`} className="flute" />
          ))}
          <path d="M-6 858h52M-10 868h60" />
        </g>
      ))}
      <path d="M0 880h1560" />
    </svg>
  )
}
