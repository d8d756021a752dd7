import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import type { BuiltinName } from '../../experiment/experiment'
import { encodeExperiment } from '../../experiment/experimentLink'
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
  const dataset = useAppStore((state) => state.experiment.dataset)
  const [bringing, setBringing] = useState(false)
  return (
    <nav className={classes.labs} aria-label="Labs">
      {labs.map(({ name, title }) => (
        <Anchor
          key={name}
          className={classes.lab}
          href={asHash(encodeExperiment(labDefaults[name]))}
          underline="never"
          aria-current={dataset.source === 'builtin' && dataset.name === name ? 'page' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            store.getState().openLab(name)
          }}
        >
          {title}
        </Anchor>
      ))}
      <Button
        variant="transparent"
        className={classes.lab}
        aria-current={dataset.source === 'file' ? 'page' : undefined}
        onClick={() => setBringing(true)}
      >
        Your data
      </Button>
      {bringing && <YourDataDialog onClose={() => setBringing(false)} />}
    </nav>
  )
}
