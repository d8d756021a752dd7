import { LessonDrawer } from './LessonDrawer'
import { watchList } from './watchList'

export function WatchListLesson() {
  return <LessonDrawer lesson={watchList} />
}
