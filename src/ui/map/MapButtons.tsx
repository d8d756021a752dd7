import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCircles, IconDownload, IconFocusCentered, IconRoute, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import type { EmbeddingMap } from '../../plots/embeddingMap'
import { useApp, useAppStore } from '../useApp'
import classes from './map.module.css'
import { saveMapAsPng, saveMapAsSvg } from './saveMap'

/** Zoom, trails, dot sizes and the picture as a file. */
export function MapButtons({ map }: { map: RefObject<EmbeddingMap | null> }) {
  const { store } = useApp()
  const trails = useAppStore((s) => s.trails)
  const sizeByCount = useAppStore((s) => s.sizeByCount)
  const setView = useAppStore((s) => s.setView)
  return (
    <fieldset className={classes.buttons} aria-label="Zoom, trails, sizes, picture">
      <IconButton label="Zoom in" onClick={() => map.current?.zoomBy(1.5)}>
        <IconZoomIn size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Zoom out" onClick={() => map.current?.zoomBy(1 / 1.5)}>
        <IconZoomOut size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Show all points" onClick={() => map.current?.resetZoom()}>
        <IconFocusCentered size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Trails of the last second" pressed={trails} onClick={() => setView({ trails: !trails })}>
        <IconRoute size={18} stroke={1.6} />
      </IconButton>
      <IconButton
        label="Dots as large as they have rows"
        pressed={sizeByCount}
        onClick={() => setView({ sizeByCount: !sizeByCount })}
      >
        <IconCircles size={18} stroke={1.6} />
      </IconButton>
      <Menu position="left-start">
        <Menu.Target>
          <ActionIcon aria-label="Save the picture">
            <IconDownload size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void saveMapAsPng(map.current, store.getState())}>Picture as PNG</Menu.Item>
          <Menu.Item onClick={() => saveMapAsSvg(map.current, store.getState())}>Picture as SVG</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  )
}

interface ButtonProps {
  label: string
  pressed?: boolean
  onClick(): void
  children: ReactNode
}

function IconButton({ label, pressed, onClick, children }: ButtonProps) {
  return (
    <Tooltip label={label} position="left">
      <ActionIcon
        aria-label={label}
        aria-pressed={pressed}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'accent' : 'gray'}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
