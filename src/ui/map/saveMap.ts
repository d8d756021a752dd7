import type { EmbeddingMap } from '../../plots/embeddingMap'
import type { ExportLegend } from '../../plots/exportLegend'
import { type MapExportOptions, mapToPng, mapToSvg } from '../../plots/exportMap'
import { legendItems, unknownCss } from '../../plots/legend'
import { selectColorAttribute, selectMapData } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { saveFile } from '../saveFile'
import { bandOf, bandUnit } from './bandOf'
import { greyPoints } from './greyPoints'
import { tableTitle } from './tableTitle'

export function saveMapAsSvg(map: EmbeddingMap | null, state: Store): void {
  const picture = map?.picture()
  if (picture) saveFile(`${fileName(state)}.svg`, mapToSvg(picture, describePicture(state)), 'image/svg+xml')
}

export async function saveMapAsPng(map: EmbeddingMap | null, state: Store): Promise<void> {
  if (!map?.picture()) return
  saveFile(`${fileName(state)}.png`, await mapToPng(map, describePicture(state)), 'image/png')
}

function fileName(state: Store): string {
  return `${selectMapData(state)?.points.table ?? 'map'}-step-${state.step}`
}

/** What stands around the picture: where it is from, what is simulated, and what its colours mean. */
function describePicture(state: Store): MapExportOptions {
  const { summary, epoch } = state
  const from = summary ? [summary.title, summary.nature === 'yours' ? '' : summary.natureText] : []
  return {
    title: `Embedding of ${tableTitle(selectMapData(state)?.points.table ?? '')}`,
    caption: [...from, `epoch ${epoch.toFixed(1)}`].filter((part) => part !== '').join(' · '),
    ...legendOf(state),
  }
}

function legendOf(state: Store): ExportLegend {
  const attribute = selectColorAttribute(state)
  const points = selectMapData(state)?.points
  if (!attribute || !points) return { legend: [] }
  const scheme = document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light'
  const legendTitle = attribute.title.replaceAll('_', ' ')
  const grey = greyPoints(points, attribute)
  if (attribute.kind === 'category') return { legendTitle, legend: legendItems(attribute, scheme, grey?.label) }
  return {
    legendTitle,
    legend: grey ? [{ label: grey.label, color: unknownCss(scheme) }] : [],
    band: { gradient: bandOf(attribute, scheme), unit: bandUnit(attribute) },
  }
}
