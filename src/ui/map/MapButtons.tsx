import { IconCircles, IconDownload, IconFocusCentered, IconRoute, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import type { EmbeddingMap } from '../../plots/embeddingMap'
import { ActionItem, ActionMenu } from '../controls/ActionMenu'
import { IconButton } from '../controls/IconButton'
import { useApp, useAppStore } from '../useApp'
import { saveMapAsPng, saveMapAsSvg } from './saveMap'
import classes from './stage.module.css'

/** Zoom, trails, dot sizes and the picture as a file. */
export function MapButtons({ map }: { map: RefObject<EmbeddingMap | null> }) {
  const { store } = useApp()
  const trails = useAppStore((s) => s.trails)
  const sizeByCount = useAppStore((s) => s.sizeByCount)
  const setView = useAppStore((s) => s.setView)
  return (
    <fieldset className={classes.buttons} aria-label="Zoom, trails, sizes, picture">
      <IconButton label="Zoom in" data-tip-at="left" onClick={() => map.current?.zoomBy(1.5)}>
        <IconZoomIn size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Zoom out" data-tip-at="left" onClick={() => map.current?.zoomBy(1 / 1.5)}>
        <IconZoomOut size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Show all points" data-tip-at="left" onClick={() => map.current?.resetZoom()}>
        <IconFocusCentered size={18} stroke={1.6} />
      </IconButton>
      <ToggleButton label="Trails of the last second" pressed={trails} onClick={() => setView({ trails: !trails })}>
        <IconRoute size={18} stroke={1.6} />
      </ToggleButton>
      <ToggleButton
        label="Dots as large as they have rows"
        pressed={sizeByCount}
        onClick={() => setView({ sizeByCount: !sizeByCount })}
      >
        <IconCircles size={18} stroke={1.6} />
      </ToggleButton>
      <ActionMenu label="Save the picture" icon={<IconDownload size={18} stroke={1.6} />} position="left-start">
        <ActionItem onClick={() => void saveMapAsPng(map.current, store.getState())}>Picture as PNG</ActionItem>
        <ActionItem onClick={() => saveMapAsSvg(map.current, store.getState())}>Picture as SVG</ActionItem>
      </ActionMenu>
    </fieldset>
  )
}

interface ToggleProps {
  label: string
  pressed: boolean
  onClick(): void
  children: ReactNode
}

function ToggleButton({ pressed, ...button }: ToggleProps) {
  const look = pressed
    ? ({ variant: 'light', color: 'accent' } as const)
    : ({ variant: 'subtle', color: 'gray' } as const)
  return <IconButton aria-pressed={pressed} data-tip-at="left" {...look} {...button} />
}
