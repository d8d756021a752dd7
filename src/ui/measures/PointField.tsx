import { useMemo, useState } from 'react'
import type { PointsInfo } from '../../protocol/trainer'
import { suggestionsFor } from '../../store/selectors'
import { SuggestInput } from '../controls/SuggestInput'

interface Props {
  label: string
  points: PointsInfo
  /** Key of the point that is chosen; null: none yet. */
  chosen: string | null
  onChoose(key: string): void
}

/** One point, found by its name. */
export function PointField({ label, points, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = chosen === null ? '' : (points.labels[points.keys.indexOf(chosen)] ?? chosen)
  const suggestions = useMemo(() => suggestionsFor(points, typed ?? ''), [points, typed])
  return (
    <SuggestInput
      label={label}
      placeholder="Type a name"
      value={typed ?? shown}
      suggestions={suggestions}
      onChange={setTyped}
      onChoose={({ key }) => {
        setTyped(null)
        onChoose(key)
      }}
    />
  )
}
