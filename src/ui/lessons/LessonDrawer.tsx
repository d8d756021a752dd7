import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useApp, useAppStore } from '../useApp'
import { useLostFocus } from '../useLostFocus'
import type { Lesson } from './lesson'
import classes from './lessons.module.css'

/** The open lesson above the map: what to look for, and a button that sets it. Nothing when it is closed. */
export function LessonDrawer({ lesson: { title, steps } }: { lesson: Lesson }) {
  const app = useApp()
  const lessonStep = useAppStore((s) => s.lessonStep)
  const setView = useAppStore((s) => s.setView)
  const ref = useLostFocus<HTMLElement>(lessonStep !== null, { fromStart: true })
  if (lessonStep === null) return null
  const at = Math.min(lessonStep, steps.length - 1)
  const step = steps[at]
  if (!step) return null
  const { action } = step
  return (
    <section ref={ref} className={classes.panel} tabIndex={-1} aria-label={`Lesson: ${title}`}>
      <p ref={bringIntoSight} className={classes.text} aria-live="polite">
        <strong>{step.title}</strong> <Words text={step.body} />
      </p>
      <div className={classes.actions}>
        <div className={classes.where}>
          <ActionIcon
            aria-label="Previous step"
            disabled={at === 0}
            size={26}
            onClick={() => setView({ lessonStep: at - 1 })}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span>
            Step {at + 1} of {steps.length}
          </span>
          <ActionIcon
            aria-label="Next step"
            disabled={at === steps.length - 1}
            size={26}
            onClick={() => setView({ lessonStep: at + 1 })}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
          <ActionIcon aria-label="Close the lesson" size={26} onClick={() => setView({ lessonStep: null })}>
            <IconX size={16} />
          </ActionIcon>
        </div>
        {action && (
          <Button
            className={classes.action}
            fullWidth
            variant="filled"
            onClick={() => action.apply(app.store.getState(), app)}
          >
            {action.label}
          </Button>
        )}
      </div>
    </section>
  )
}

/** A lesson opens at the top, and its button may stand further down. Once: its words change where they are. */
function bringIntoSight(text: HTMLElement | null): void {
  text?.closest('section')?.scrollIntoView({ block: 'nearest' })
}

/** Terms of art stand between asterisks. */
function Words({ text }: { text: string }) {
  return text.split('*').map((part, i) => {
    // The order of the parts is all that tells them apart, and it never changes.
    const key = `${i}`
    return i % 2 === 1 ? <em key={key}>{part}</em> : <Fragment key={key}>{part}</Fragment>
  })
}
