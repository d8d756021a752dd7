import { Button } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useAppStore } from '../useApp'

/** Opens the lesson of the screen it stands on; nothing while it is open. */
export function LessonButton() {
  const isClosed = useAppStore((s) => s.lessonStep === null)
  const setView = useAppStore((s) => s.setView)
  if (!isClosed) return null
  return (
    <Button
      leftSection={<IconSchool size={15} stroke={1.8} />}
      onClick={() => setView({ lessonStep: 0, lessonName: null })}
    >
      Lesson
    </Button>
  )
}
