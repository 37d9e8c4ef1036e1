import { uuidv7 } from '@stoa/kernel'
import { deviceName } from '../../entry/device.ts'

const KEY = 'stoa.device'

/** Tells this browser's places in books from those of one's other devices. Nothing else hangs on it. */
export function thisDevice(): { device_id: string; device_name: string } {
  const kept = localStorage.getItem(KEY)
  const device_id = kept ?? uuidv7()
  if (kept === null) localStorage.setItem(KEY, device_id)
  return { device_id, device_name: deviceName(navigator.userAgent) }
}
