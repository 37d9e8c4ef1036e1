/** The mark of Stoa: three columns under a roof. `width` in pixels. */
export function Portico({ width = 24, className = '' }: { width?: number; className?: string }) {
  return (
    <svg
      className={`portico ${className}`}
      width={width}
      height={(width * 22) / 26}
      viewBox="0 0 26 22"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M1.5 2.5h23M4 6h18M2 20.5h22" />
      <path d="M6.5 9.5v7.6M13 9.5v7.6M19.5 9.5v7.6" />
    </svg>
  )
}
