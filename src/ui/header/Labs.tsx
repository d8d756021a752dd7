import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import type { BuiltinName } from '../../experiment/experiment'
import { encodeExperiment, type Page } from '../../experiment/experimentLink'
import { labDefaults } from '../../experiment/labs'
import { asHash } from '../../store/linkSync'
import { YourDataDialog } from '../data/YourDataDialog'
import { useApp, useAppStore } from '../useApp'
import classes from './header.module.css'

const labs: { name: BuiltinName; title: string }[] = [
  { name: 'movies', title: 'Movies' },
  { name: 'dayHour', title: 'Day × hour' },
  { name: 'airports', title: 'Airports' },
]
const pages: { name: Exclude<Page, 'playground'>; title: string }[] = [
  { name: 'transfer', title: 'Transfer' },
  { name: 'dimensions', title: 'Dimensions' },
  { name: 'custom', title: 'Custom model' },
]

/** Links, so that a lab opens in a tab of its own when asked to; a plain click opens it here. */
export function Labs() {
  const { store } = useApp()
  const { page, experiment } = useAppStore(({ page, experiment }) => ({ page, experiment }))
  const { dataset } = experiment
  const [bringing, setBringing] = useState(false)
  const inPlayground = page === 'playground'
  const { openLab, openPage } = store.getState()
  return (
    <nav className={classes.labs} aria-label="Labs">
      {labs.map(({ name, title }) => (
        <LabLink
          key={name}
          title={title}
          link={encodeExperiment(labDefaults[name])}
          isCurrent={inPlayground && dataset.source === 'builtin' && dataset.name === name}
          onOpen={() => openLab(name)}
        />
      ))}
      <Button
        variant="transparent"
        className={classes.lab}
        aria-current={inPlayground && dataset.source === 'file' ? 'page' : undefined}
        onClick={() => setBringing(true)}
      >
        Your data
      </Button>
      <span className={classes.between} />
      {pages.map(({ name, title }) => (
        <LabLink
          key={name}
          title={title}
          link={encodeExperiment(experiment, { page: name })}
          isCurrent={page === name}
          onOpen={() => openPage(name)}
        />
      ))}
      {bringing && <YourDataDialog onClose={() => setBringing(false)} />}
    </nav>
  )
}

interface LabLinkProps {
  title: string
  link: string
  isCurrent: boolean
  onOpen(): void
}

function LabLink({ title, link, isCurrent, onOpen }: LabLinkProps) {
  return (
    <Anchor
      className={classes.lab}
      href={location.href.split('#')[0] + asHash(link)}
      underline="never"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen()
      }}
    >
      {title}
    </Anchor>
  )
}
