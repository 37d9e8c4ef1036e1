import { Toaster, TooltipProvider } from '@stoa/ui'
import { useLocale } from '@stoa/ui/messages'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queryClient } from '../data/query-client.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { router } from './router.ts'

/** The whole app. A change of language draws it anew: messages are plain functions, read while rendering. */
export function App() {
  const locale = useLocale()
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider key={locale}>
          <RouterProvider router={router} />
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}
