import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { PointsInfo } from '../../protocol/trainer'
import { Section } from '../measures/Section'
import { useAppStore } from '../useApp'
import { ExistingViewer } from './ExistingViewer'
import classes from './lab.module.css'
import { RateItems } from './RateItems'

/** Recommendations for a person who rates a few items, or for a viewer of the data. */
export function BeAViewer() {
  const [who, setWho] = useState<'you' | 'data'>('you')
  const items = useItemPoints()
  const nature = useAppStore((s) => s.summary?.nature ?? null)
  const user = useAppStore((s) => (s.experiment.model.type === 'dotProduct' ? s.experiment.model.user : 'viewer'))
  return (
    <Section
      title={`Be a ${user}`}
      aside={nature === 'simulated' ? <span className={classes.tag}>learnt from simulated viewers</span> : undefined}
    >
      <SegmentedControl
        fullWidth
        aria-label="Whose taste"
        data={[
          { value: 'you', label: 'You' },
          { value: 'data', label: `A ${user} of the data` },
        ]}
        value={who}
        onChange={(value) => setWho(value === 'data' ? 'data' : 'you')}
      />
      {who === 'data' && <ExistingViewer items={items} />}
      {who === 'you' && items && <RateItems items={items} />}
      {who === 'you' && !items && (
        <p className={classes.quiet}>The list of what can be rated comes with its table: show that table on the map.</p>
      )}
    </Section>
  )
}

/** Points of the item table: as they are on the map, or as they were last on it. */
function useItemPoints(): PointsInfo | null {
  const shown = useAppStore((s) => s.points)
  const table = useAppStore((s) =>
    s.experiment.model.type === 'dotProduct' ? `${s.experiment.model.item}_embedding` : '',
  )
  const dataset = useAppStore((s) => s.experiment.dataset.name)
  const [kept, setKept] = useState<{ points: PointsInfo; dataset: string } | null>(null)
  if (shown && shown.table === table && shown !== kept?.points) setKept({ points: shown, dataset })
  return kept && kept.points.table === table && kept.dataset === dataset ? kept.points : null
}
