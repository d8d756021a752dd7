import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { TabList } from '../inspect/TabList'
import { customLesson } from '../lessons/custom'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { useApp } from '../useApp'
import { ConsoleView } from './ConsoleView'
import classes from './custom.module.css'
import { customLab, tabMemory } from './customLab'
import { CodeView } from './editor/CodeView'
import { exampleOf } from './examples'
import { followLink } from './followLink'
import { LabBar } from './LabBar'
import { LinkLength } from './LinkLength'
import { Results } from './results/Results'
import { LabContext, useLab } from './useLab'

const parts = [
  { value: 'code', title: 'Code' },
  { value: 'results', title: 'Results' },
  { value: 'console', title: 'Console' },
] as const

type Part = (typeof parts)[number]['value']

/** A model of the person's own: its code, what it says, what comes of it. */
export function CustomLab() {
  const { store } = useApp()
  const lab = customLab(store)
  const [part, setPart] = useState<Part>('code')
  useEffect(() => followLink(lab, store, tabMemory), [lab, store])
  return (
    <LabContext value={lab}>
      <div className={classes.lab} id="custom-lab" data-shows={part}>
        <div className={classes.lesson}>
          <LessonDrawer lesson={customLesson(lab)} />
        </div>
        <LabBar />
        <div className={classes.tabs}>
          <TabList<Part> label="Part of the lab" tabs={parts} value={part} panelId="custom-lab" onChange={setPart} />
        </div>
        <section className={classes.code} data-part="code" aria-label="Code">
          <About />
          <CodeView />
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
        <section className={classes.right} data-part="results" aria-label="Results" tabIndex={0}>
          <Results />
        </section>
        <ConsoleView />
      </div>
    </LabContext>
  )
}

function About() {
  const { example, document, isExample, hasOwnCopy } = useLab(({ example, document, code, hasOwnCopy }) => ({
    example,
    document,
    isExample: code === exampleOf(example).code,
    hasOwnCopy,
  }))
  const { restoreExample, openExample } = useLab(({ restoreExample, openExample }) => ({ restoreExample, openExample }))
  const isOwn = document === example
  return (
    <div className={classes.about}>
      <span>{isOwn ? exampleOf(example).about : fromLink(isExample)}</span>
      <LinkLength />
      {isOwn && !isExample && (
        <Button variant="subtle" onClick={restoreExample}>
          Back to the example
        </Button>
      )}
      {!isOwn && (
        <Button variant="subtle" onClick={() => openExample(example)}>
          {hasOwnCopy ? 'Back to your copy' : 'The example itself'}
        </Button>
      )}
    </div>
  )
}

function fromLink(isExample: boolean): string {
  return isExample
    ? 'The example as the link has it. Your edited copy is kept.'
    : 'Code that came in a link. It can compute, and nothing else.'
}
