import { LessonDrawer } from './LessonDrawer'
import { similarity } from './similarity'

export function SimilarityLesson() {
  return <LessonDrawer lesson={similarity} />
}
