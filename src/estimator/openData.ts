import type { DataSet } from '../data/table'
import { host } from './host'

/** Data that the page, or the program around, holds: `dayHour`, `movies`, `airports`, `titles`, `yours`. Throws for another name, and lists those there are. */
export function openData(name: string): Promise<DataSet> {
  return host().openData(name)
}
