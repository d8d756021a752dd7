import { Button, Popover, TextInput } from '@mantine/core'
import { IconCheck, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { linkOf } from '../../store/linkSync'
import { useApp, useAppStore } from '../useApp'
import classes from './header.module.css'

/** Copies the link of the experiment and says what it carries. */
export function ShareButton() {
  const { store } = useApp()
  const [shared, setShared] = useState<{ link: string; copied: boolean } | null>(null)

  async function share() {
    const link = location.href.split('#')[0] + linkOf(store.getState())
    setShared({ link, copied: false })
    try {
      await navigator.clipboard.writeText(link)
      setShared({ link, copied: true })
    } catch {
      // Copying is not allowed here: the link stands in the field, selected.
    }
  }
  return (
    <Popover width={344} opened={shared !== null} onChange={(opened) => !opened && setShared(null)} trapFocus>
      <Popover.Target>
        <Button
          className={classes.button}
          aria-label="Share"
          leftSection={<IconLink size={16} stroke={1.7} />}
          onClick={() => (shared ? setShared(null) : void share())}
        >
          <span className={classes.buttonText}>Share</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{shared && <Shared {...shared} />}</Popover.Dropdown>
    </Popover>
  )
}

function Shared({ link, copied }: { link: string; copied: boolean }) {
  const { dataset, page } = useAppStore(({ experiment, page }) => ({ dataset: experiment.dataset, page }))
  return (
    <div className={classes.panel}>
      <p className={classes.sharedTitle} role="status">
        {copied ? (
          <>
            <IconCheck size={16} stroke={2} /> Link copied
          </>
        ) : (
          'The link of this experiment'
        )}
      </p>
      <TextInput aria-label="Link" readOnly value={link} data-autofocus onFocus={(event) => event.target.select()} />
      <p className={classes.muted}>
        It carries the experiment: data set, label, feature columns, model, optimizer, split and seeds. The weights are
        not in it; whoever opens it trains the same ones from the same seed, or opens a weights file from you (Export).
      </p>
      {(page === 'dimensions' || page === 'transfer') && (
        <p className={classes.muted}>It opens this lab with what it asks for; the runs are trained anew.</p>
      )}
      {dataset.source === 'file' && (
        <p className={classes.muted}>
          The rows are not in it either: the other person needs the same file, <b>{dataset.name}</b>, and is asked for
          it.
        </p>
      )}
    </div>
  )
}
