import { Button, FileButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useApp } from '../useApp'
import classes from './data.module.css'
import { acceptedFiles, openBrought } from './openBrought'

/** Says what to drop and opens a file picker; the drop itself is caught on the whole page. */
export function FileZone({ children, onChosen }: { children: string; onChosen?(): void }) {
  const { store } = useApp()
  return (
    <FileButton
      multiple
      accept={acceptedFiles}
      onChange={(files) => {
        onChosen?.()
        void openBrought(store, files)
      }}
    >
      {(props) => (
        <div className={classes.zone}>
          <IconFileImport size={22} stroke={1.4} aria-hidden="true" />
          <span>{children}</span>
          <Button {...props}>Choose files…</Button>
        </div>
      )}
    </FileButton>
  )
}
