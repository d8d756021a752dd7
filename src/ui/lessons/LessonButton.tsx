import { Button } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useAppStore } from '../useApp'
import { useLostFocus } from '../useLostFocus'

/** Opens the lesson of the screen it stands on; nothing while it is open. */
export function LessonButton() {
  const isClosed = useAppStore((s) => s.lessonStep === null)
  const setView = useAppStore((s) => s.setView)
  const ref = useLostFocus<HTMLButtonElement>(isClosed)
  if (!isClosed) return null
  return (
    <Button
      ref={ref}
      leftSection={<IconSchool size={15} stroke={1.8} />}
      onClick={() => setView({ lessonStep: 0, lessonName: null })}
    >
      Lesson
    </Button>
  )
}
