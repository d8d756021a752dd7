import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DenseColumn } from '../../experiment/experiment'
import { columnCode } from '../../exports/columnCode'
import { optimizerCode } from '../../exports/optimizerCode'
import { useAppStore } from '../useApp'
import codeClasses from './code.module.css'
import classes from './inspect.module.css'

/** The column as TensorFlow writes it, and its twin in Keras. */
export function CodeTab({ column }: { column: DenseColumn }) {
  const columns = useAppStore((s) => s.summary?.columns)
  const beside = useAppStore((s) => s.experiment.columns)
  const optimizer = optimizerCode(useAppStore((s) => s.experiment.optimizer))
  const { tensorflow, keras, shift, notes } = columnCode(column, columns ?? [], beside)
  return (
    <div className={classes.stack}>
      <Code title="TensorFlow feature column" code={tensorflow} />
      <Code title="The same in Keras" code={keras} />
      {shift !== null && (
        <p>
          {shift === 0
            ? 'Both give a value the same id.'
            : `Keras counts ids from ${shift}: a value that is id 0 in TensorFlow is id ${shift} here, so rows of a table move by ${shift}.`}
        </p>
      )}
      <Notes notes={notes} />
      <Code title={optimizer.title} code={optimizer.code} />
      <Notes notes={optimizer.notes} />
    </div>
  )
}

function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null
  return (
    <ul className={codeClasses.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

function Code({ title, code }: { title: string; code: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(code)
      setCopied(true)
    } catch {
      // Copying is not allowed here: the code can be selected by hand.
    }
  }
  return (
    <section className={classes.part} aria-label={title}>
      <div className={codeClasses.codeHead}>
        <h3>{title}</h3>
        <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy'}</Button>
      </div>
      <pre className={codeClasses.code}>{code}</pre>
    </section>
  )
}
