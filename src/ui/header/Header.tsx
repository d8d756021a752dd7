import { useAfterFirstPicture } from '../useAfterFirstPicture'
import { BackendBadge } from './BackendBadge'
import { ExportMenu } from './ExportMenu'
import classes from './header.module.css'
import { Labs } from './Labs'
import { ShareButton } from './ShareButton'
import { ThemeMenu } from './ThemeMenu'

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
      <span>
        <span className={classes.first}>Embedding </span>Playground
      </span>
    </h1>
  )
}
