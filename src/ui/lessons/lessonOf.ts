import type { DatasetRef } from '../../experiment/experiment'
import { airports } from './airports'
import { dayHour } from './dayHour'
import type { Lesson } from './lesson'
import { movies } from './movies'
import { yourData } from './yourData'

const builtin = { movies, dayHour, airports, television: dayHour }

export function lessonOf(dataset: DatasetRef): Lesson {
  return dataset.source === 'builtin' ? builtin[dataset.name] : yourData
}
