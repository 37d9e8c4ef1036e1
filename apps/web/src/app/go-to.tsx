import { type NavigateOptions, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * Leads elsewhere, once, when it appears. The router's own `Navigate` leads again whenever its parent renders, and a parent that
 * watches the address would do so for ever.
 */
export function GoTo(props: NavigateOptions) {
  const [target] = useState(props)
  const navigate = useNavigate()
  useEffect(() => {
    void navigate({ replace: true, ...target })
  }, [navigate, target])
  return null
}
