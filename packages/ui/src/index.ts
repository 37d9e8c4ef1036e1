/** Everything a screen is made of. Covers and messages have entries of their own: `@stoa/ui/cover`, `@stoa/ui/messages`. */
export {
  Button,
  type ButtonProps,
  type ButtonVariant,
  IconButton,
  type IconButtonProps,
} from './primitives/button.tsx'
export {
  Checkbox,
  Chip,
  NativeSelect,
  type Option,
  Segmented,
  type SegmentedProps,
  Switch,
} from './primitives/choice.tsx'
export { CitationCard, type CitationCardProps } from './primitives/citation-card.tsx'
export { ConfirmByName, Dialog, type DialogProps, Sheet, type SheetProps } from './primitives/dialog.tsx'
export {
  Banner,
  EmptyState,
  type EmptyStateProps,
  ErrorRow,
  type ErrorRowProps,
  type StatusKind,
  StatusMark,
} from './primitives/feedback.tsx'
export {
  Field,
  type FieldProps,
  Input,
  type InputProps,
  Textarea,
  useFieldControl,
} from './primitives/field.tsx'
export { Icon, type IconSize } from './primitives/icon.tsx'
export { InkBar, type InkBarProps } from './primitives/ink-bar.tsx'
export { INKS, type Ink, inkName } from './primitives/inks.ts'
export { formatShortcut, isMac, Kbd } from './primitives/kbd.tsx'
export { ListRow, type ListRowProps, ListSection } from './primitives/list-row.tsx'
export {
  ContextMenu,
  entries,
  Menu,
  type MenuAction,
  type MenuEntry,
  type MenuProps,
} from './primitives/menu.tsx'
export { Avatar, type AvatarProps, Badge, Count, initialsOf, inkOf } from './primitives/person.tsx'
export { Popover, type PopoverProps } from './primitives/popover.tsx'
export { Portico } from './primitives/portico.tsx'
export { Progress, type ProgressProps, Pulse, Skeleton } from './primitives/progress.tsx'
export { Rich } from './primitives/rich.tsx'
export { Select, type SelectProps } from './primitives/select.tsx'
export { type Tab, Tabs, type TabsProps } from './primitives/tabs.tsx'
export { Toaster } from './primitives/toast.tsx'
export { type ToastRequest, ToastStore, toast, toasts } from './primitives/toast-store.ts'
export { Tooltip, TooltipProvider } from './primitives/tooltip.tsx'
export { Tree, type TreeProps } from './primitives/tree.tsx'
export { type TreeNode, type TreeRow, visibleRows } from './primitives/tree-model.ts'
