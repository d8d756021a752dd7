import { CloseButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PointsInfo } from '../../protocol/trainer'
import { SuggestInput } from '../controls/SuggestInput'
import classes from './measures.module.css'
import { type GroupPart, suggestParts, titleOfPart } from './pointGroup'

interface Props {
  label: string
  points: PointsInfo
  parts: readonly GroupPart[]
  onChange(parts: GroupPart[]): void
}

/** Points and categories that make up a group: found by typing, taken out one by one. */
export function GroupField({ label, points, parts, onChange }: Props) {
  const [text, setText] = useState('')
  const suggestions = useMemo(() => suggestParts(points, text), [points, text])
  return (
    <div className={classes.group}>
      <SuggestInput
        label={label}
        placeholder="Type a name or a category"
        value={text}
        suggestions={suggestions}
        onChange={setText}
        onChoose={({ key }) => {
          setText('')
          if (!parts.some((part) => JSON.stringify(part) === key)) onChange([...parts, JSON.parse(key) as GroupPart])
        }}
      />
      <ul className={classes.parts} aria-label={`${label}: chosen`}>
        {parts.map((part) => {
          const title = titleOfPart(points, part)
          return (
            <li key={JSON.stringify(part)} className={classes.part}>
              {title}
              <CloseButton
                size={18}
                aria-label={`Take ${title} out`}
                onClick={() => onChange(parts.filter((other) => other !== part))}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
