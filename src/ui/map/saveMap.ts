import type { EmbeddingMap } from '../../plots/embeddingMap'
import { type MapExportOptions, mapToPng, mapToSvg } from '../../plots/exportMap'
import { legendItems } from '../../plots/legend'
import { selectColorAttribute, selectMapData } from '../../store/selectors'
import type { Store } from '../../store/slice'
import { saveFile } from '../saveFile'
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

/** What stands around the picture: where it is from, and what is simulated. */
function describePicture(state: Store): MapExportOptions {
  const attribute = selectColorAttribute(state)
  const dark = document.documentElement.dataset.mantineColorScheme === 'dark'
  const { summary, epoch } = state
  const from = summary ? [summary.title, summary.nature === 'yours' ? '' : summary.natureText] : []
  const colour = attribute ? `colour: ${attribute.title.toLowerCase()}` : ''
  return {
    title: `Embedding of ${tableTitle(selectMapData(state)?.points.table ?? '')}`,
    caption: [...from, `epoch ${epoch.toFixed(1)}`, colour].filter((part) => part !== '').join(' · '),
    legend: attribute?.kind === 'category' ? legendItems(attribute, dark ? 'dark' : 'light') : [],
  }
}
