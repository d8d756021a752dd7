import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Lab, LabState } from './lab'

export const LabContext = createContext<Lab | null>(null)

export function useLabStore(): Lab {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('A part of the custom model lab must stand inside <LabContext>.')
  return lab
}

/** Renders when the selected part changes; objects and arrays are compared member by member. */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStore(useLabStore(), useShallow(select))
}
