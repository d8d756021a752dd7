import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Section } from '../../measures/Section'
import { saveFile } from '../../saveFile'
import { latestCheckpoint } from '../latestCheckpoint'
import { useLab, useLabStore } from '../useLab'
import { type Artifact, artifactsOf, entryName } from './artifactsOf'
import { byteText } from './byteText'
import classes from './results.module.css'

/** What is stored of this model: its last checkpoint, and what was exported, to be downloaded. */
export function Artifacts() {
  const stored = useLab((state) => state.stored)
  const artifacts = artifactsOf(stored)
  const checkpoint = latestCheckpoint(stored)
  const bytes = stored.reduce((sum, blob) => sum + blob.bytes, 0)
  return (
    <Section title="Exported" aside={bytes > 0 && <span>{byteText(bytes)} stored in this browser</span>}>
      <p className={classes.quiet}>
        {checkpoint
          ? `Last checkpoint: step ${checkpoint.step.toLocaleString('en-US')}. It outlives a reload; “Go on” trains from it.`
          : 'Checkpoints are stored in this browser while a model trains.'}
      </p>
      <p className={classes.quiet}>
        {artifacts.length === 0
          ? 'Exported models will be listed here.'
          : 'Each is a graph that runs without this code: tf.loadGraphModel reads it in any page or program, and signature.json says what it takes and answers.'}
      </p>
      <ul className={classes.artifacts}>
        {artifacts.map((artifact) => (
          <ArtifactRow key={artifact.path} artifact={artifact} />
        ))}
      </ul>
    </Section>
  )
}

function ArtifactRow({ artifact }: { artifact: Artifact }) {
  const lab = useLabStore()
  const [problem, setProblem] = useState<string | null>(null)
  const bytes = artifact.files.reduce((sum, file) => sum + file.bytes, 0)
  async function download() {
    setProblem(null)
    try {
      const { zipSync } = await import('fflate')
      const files: Record<string, Uint8Array> = {}
      for (const { name } of artifact.files) {
        const content = await lab.getState().readStored(name)
        if (!content) throw new Error(`${name} is no longer stored.`)
        files[entryName(artifact.path, name)] = content
      }
      saveFile(`${artifact.path.replaceAll(/[^\w.-]+/g, '-')}.zip`, zipSync(files) as BlobPart, 'application/zip')
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <li>
      <details>
        <summary>
          {artifact.path} <small>{byteText(bytes)}</small>
        </summary>
        <ul className={classes.tensors}>
          {artifact.files.map(({ name, bytes: size }) => (
            <li key={name}>
              {name.slice(artifact.path.length + 1)} <small>{byteText(size)}</small>
            </li>
          ))}
        </ul>
      </details>
      <Button
        leftSection={<IconDownload size={15} />}
        aria-label={`Download ${artifact.path}`}
        onClick={() => void download()}
      >
        Download
      </Button>
      {problem && <p className={classes.warning}>{problem}</p>}
    </li>
  )
}
