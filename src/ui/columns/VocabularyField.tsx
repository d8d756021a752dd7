import { Button, FileButton, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { SimpleCategoricalColumn } from '../../experiment/experiment'
import { vocabularyLines } from '../../experiment/vocabularyFile'
import { formatCount } from '../../lib/formatNumber'
import classes from './columns.module.css'

type VocabularyColumn = Extract<SimpleCategoricalColumn, { type: 'vocabularyList' }>

interface Props {
  column: VocabularyColumn
  onChange(column: VocabularyColumn): void
}

/** Words that have a bucket of their own: all of the data, or a list, typed or out of a file of one word a line. */
export function VocabularyField({ column, onChange }: Props) {
  const { vocabulary } = column
  const [text, setText] = useState(vocabulary === 'data' ? '' : vocabulary.join('\n'))
  const [isList, setIsList] = useState(vocabulary !== 'data')
  const words = vocabularyLines(text)

  function take(next: string) {
    setText(next)
    const lines = vocabularyLines(next)
    if (lines.length > 0) onChange({ ...column, vocabulary: lines })
  }
  async function read(file: File | null) {
    if (file) take(await file.text())
  }
  return (
    <>
      <SegmentedControl
        aria-label="Words of the vocabulary"
        value={isList ? 'list' : 'data'}
        data={[
          { value: 'data', label: 'Every value of the data' },
          { value: 'list', label: 'A list of your own' },
        ]}
        onChange={(choice) => {
          setIsList(choice === 'list')
          if (choice === 'data') onChange({ ...column, vocabulary: 'data' })
          else if (words.length > 0) onChange({ ...column, vocabulary: words })
        }}
      />
      {isList && (
        <>
          <Textarea
            size="xs"
            autosize
            minRows={3}
            maxRows={8}
            label="Vocabulary"
            description="One word a line; the first line is bucket 0"
            value={text}
            error={words.length === 0 ? 'At least one word' : null}
            onChange={(event) => take(event.currentTarget.value)}
          />
          <div className={classes.vocabularyFile}>
            <FileButton accept=".txt,.csv,.tsv,text/plain" onChange={read}>
              {(props) => (
                <Button {...props} size="compact-xs">
                  Open a file…
                </Button>
              )}
            </FileButton>
            <span className={classes.size}>{formatCount(words.length)} words</span>
          </div>
        </>
      )}
    </>
  )
}
