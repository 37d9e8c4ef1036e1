/** Covers for books that bring none: pure design, and the React component that draws it. */
export { CLOTHS, type Cloth } from './cloths.ts'
export { Cover, type CoverProps } from './cover.tsx'
export { type CoverDesign, type CoverLayout, coverDesign } from './design.ts'
export type { Shape } from './ornaments.ts'
