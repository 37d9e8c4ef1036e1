import { useSyncExternalStore } from 'react'

/** What one kind of offline work has under way. */
export interface SyncReport {
  /** Being sent now. */
  saving: number
  /** Kept here until the server can be reached. */
  waiting: number
  /** Refused for good; needs a person. */
  failed: number
  /** Tries the waiting and failed again. */
  retry?: () => void
}

export interface SyncSummary extends Required<Omit<SyncReport, 'retry'>> {
  online: boolean
  retry: () => void
}

/** Gathers the reports of all offline queues into the one quiet mark of the frame. */
export class SyncStatus {
  private readonly reports = new Map<string, SyncReport>()
  private readonly listeners = new Set<() => void>()
  private online = true
  private summary: SyncSummary = this.summarise()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): SyncSummary => this.summary

  /** `source` names a queue, e.g. `notes`. Undefined: the queue is empty and gone. */
  report(source: string, report: SyncReport | undefined): void {
    if (report) this.reports.set(source, report)
    else this.reports.delete(source)
    this.changed()
  }

  setOnline(online: boolean): void {
    if (online === this.online) return
    this.online = online
    this.changed()
  }

  private changed(): void {
    this.summary = this.summarise()
    for (const listener of [...this.listeners]) listener()
  }

  private summarise(): SyncSummary {
    const reports = [...this.reports.values()]
    const sum = (pick: (report: SyncReport) => number) =>
      reports.reduce((total, report) => total + pick(report), 0)
    return {
      online: this.online,
      saving: sum((report) => report.saving),
      waiting: sum((report) => report.waiting),
      failed: sum((report) => report.failed),
      retry: () => {
        for (const report of reports) report.retry?.()
      },
    }
  }
}

export const syncStatus = new SyncStatus()

/** Follows the browser's own idea of the network. */
export function watchNetwork(): void {
  const follow = () => syncStatus.setOnline(navigator.onLine)
  follow()
  addEventListener('online', follow)
  addEventListener('offline', follow)
}

export const useSyncSummary = (): SyncSummary =>
  useSyncExternalStore(syncStatus.subscribe, syncStatus.current)
