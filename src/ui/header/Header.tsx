import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import type { BuiltinName } from '../../experiment/experiment'
import { encodeExperiment, type Page } from '../../experiment/experimentLink'
import { labDefaults } from '../../experiment/labs'
import { asHash } from '../../store/linkSync'
import { YourDataDialog } from '../data/YourDataDialog'
import { useAfterFirstPicture } from '../useAfterFirstPicture'
import { useApp, useAppStore } from '../useApp'
import { BackendBadge } from './BackendBadge'
import { ExportMenu } from './ExportMenu'
import classes from './header.module.css'
import { ShareButton } from './ShareButton'
import { ThemeMenu } from './ThemeMenu'

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

export function Header() {
  const besides = useAfterFirstPicture()
  return (
    <header className={classes.header}>
      <Brand />
      <Labs />
      <div className={classes.tools}>
        {besides && (
          <>
            <BackendBadge />
            <ShareButton />
            <ExportMenu />
            <ThemeMenu />
          </>
        )}
      </div>
    </header>
  )
}

function Brand() {
  return (
    <h1 className={classes.brand}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="8" cy="22.5" r="5.2" fill="#3d5fd9" />
        <circle cx="17.5" cy="9" r="5.2" fill="#d9793b" />
        <circle cx="24.5" cy="23.5" r="5.2" fill="#2b9a78" />
      </svg>
      <span>Embedding Playground</span>
    </h1>
  )
}

/** Links, so that a lab opens in a tab of its own when asked to; a plain click opens it here. */
function Labs() {
  const { store } = useApp()
  const { page, dataset } = useAppStore(({ page, experiment }) => ({ page, dataset: experiment.dataset }))
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
      {pages.map(({ name, title }) => (
        <LabLink
          key={name}
          title={title}
          link={encodeExperiment(store.getState().experiment, { page: name })}
          isCurrent={page === name}
          onOpen={() => openPage(name)}
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
      href={asHash(link)}
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
