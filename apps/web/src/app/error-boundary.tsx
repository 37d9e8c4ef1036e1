import { Component, type ReactNode } from 'react'
import { Crash } from './crash.tsx'

/** Last resort around the app; the router draws the errors of single screens. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === undefined ? this.props.children : <Crash error={error} reset={() => location.reload()} />
  }
}
