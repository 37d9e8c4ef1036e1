export { ChildSteps } from './children.ts'
export type { DomDocument, DomNode, DomPoint, DomRange } from './dom.ts'
export { cfiFromPoint, cfiFromRange, cfiOfElement } from './from-range.ts'
export { isCfi, MAX_CFI_LENGTH, parseCfi, readCfi } from './parse.ts'
export {
  collapseCfi,
  compareCfi,
  comparePaths,
  indirect,
  indirectCfi,
  joinPaths,
  localPath,
  rangeCfi,
  spineIndex,
  spinePath,
} from './paths.ts'
export { serialiseCfi } from './serialise.ts'
export { type CfiFit, elementFromCfi, pointFromCfi, rangeFromCfi } from './to-range.ts'
export type { Cfi, CfiOffset, CfiPath, CfiStep } from './types.ts'
