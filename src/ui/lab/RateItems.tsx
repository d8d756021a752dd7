import { ActionIcon, Rating } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { PointsInfo } from '../../protocol/trainer'
import { suggestionsFor } from '../../store/selectors'
import { SuggestInput } from '../controls/SuggestInput'
import { useApp, useAppStore } from '../useApp'
import classes from './lab.module.css'
import { Recommendations } from './Recommendations'
import { suggestItems } from './suggestItems'
import { useRepeatedAnswer } from './useRepeatedAnswer'

const SUGGESTIONS = 4

/** A few items with stars; the model explains them by a vector and recommends from it. */
export function RateItems({ items }: { items: PointsInfo }) {
  const { ask } = useApp()
  const stars = useAppStore((s) =>
    starsOf(s.summary?.columns.find(({ name }) => name === ratingColumn(s.experiment.label))?.max),
  )
  const [added, setAdded] = useState<string[]>([])
  const [ratings, setRatings] = useState<Record<string, number>>({})
  const suggested = useMemo(() => suggestItems(items, SUGGESTIONS).map((row) => items.keys[row] ?? ''), [items])
  const listed = [...new Set([...added, ...suggested])]
  const question = useMemo(() => {
    const given = Object.entries(ratings).map(([item, rating]) => ({ item, rating }))
    return given.length === 0 ? null : () => ask({ type: 'recommend', user: null, ratings: given })
  }, [ask, ratings])
  const answer = useRepeatedAnswer(question)

  function rate(key: string, rating: number) {
    setRatings(({ [key]: _, ...others }) => (rating > 0 ? { ...others, [key]: rating } : others))
  }
  return (
    <>
      <ul className={classes.films}>
        {listed.map((key) => (
          <li key={key}>
            <RateRow
              label={items.labels[items.keys.indexOf(key)] ?? key}
              stars={stars}
              rating={ratings[key] ?? 0}
              onRate={(rating) => rate(key, rating)}
            />
          </li>
        ))}
      </ul>
      <ItemSearch items={items} onChoose={(key) => setAdded((before) => [key, ...before.filter((k) => k !== key)])} />
      {question === null ? (
        <p className={classes.quiet}>Give stars to one or more; half stars count.</p>
      ) : (
        <Recommendations title="Next for you" answer={answer} items={items} />
      )}
    </>
  )
}

function ratingColumn(label: { task: string; targets?: { column: string }[]; column?: string }): string {
  return label.targets?.[0]?.column ?? label.column ?? ''
}

function starsOf(max: number | null | undefined): number {
  return max !== undefined && max !== null && max > 5 ? 10 : 5
}

interface RowProps {
  label: string
  stars: number
  rating: number
  onRate(rating: number): void
}

function RateRow({ label, stars, rating, onRate }: RowProps) {
  return (
    <div className={classes.rate}>
      <span className={classes.name} title={label}>
        {label}
      </span>
      <Rating
        aria-label={`Stars for ${label}`}
        color="accent"
        count={stars}
        fractions={2}
        size={stars > 5 ? 12 : 16}
        value={rating}
        onChange={onRate}
        getSymbolLabel={(value) => `${value} ${value === 1 ? 'star' : 'stars'} for ${label}`}
      />
      <ActionIcon
        aria-label={`Take the stars of ${label} back`}
        size={22}
        disabled={rating === 0}
        style={{ visibility: rating === 0 ? 'hidden' : 'visible' }}
        onClick={() => onRate(0)}
      >
        <IconX size={13} />
      </ActionIcon>
    </div>
  )
}

function ItemSearch({ items, onChoose }: { items: PointsInfo; onChoose(key: string): void }) {
  const [text, setText] = useState('')
  const suggestions = useMemo(() => suggestionsFor(items, text), [items, text])
  return (
    <SuggestInput
      aria-label="Find another to rate"
      placeholder="Find another to rate"
      value={text}
      suggestions={suggestions}
      onChange={setText}
      onChoose={({ key }) => {
        onChoose(key)
        setText('')
      }}
    />
  )
}
