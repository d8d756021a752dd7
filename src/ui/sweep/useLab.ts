import { useStore } from 'zustand'
import { type DimensionsLabState, lab } from './lab'

export function useLab(): DimensionsLabState {
  return useStore(lab)
}
