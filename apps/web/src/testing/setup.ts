import { setLocale } from '@stoa/ui/messages'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import './dom.ts'

afterEach(() => {
  cleanup()
  setLocale('en')
  localStorage.clear()
})
