import { useMemo } from 'react'
import { type Curve, type CurvesProps, createCurves } from '../../plots/curves'
import type { InputsCompared } from '../../protocol/inspect'
import { usePlot } from '../usePlot'
import classes from './inspect.module.css'

/** Both validation losses over the epochs. */
export function InputsCurves({ compared }: { compared: InputsCompared }) {
  const select = useMemo(() => {
    const curve = (name: string, role: Curve['role'], losses: number[]): Curve => ({
      name,
      role,
      x: Float64Array.from(losses, (_, epoch) => epoch),
      y: Float64Array.from(losses),
    })
    const props: CurvesProps = {
      title: 'Validation loss',
      xName: 'epoch',
      curves: [
        curve('indicator', 'quiet', compared.indicator.validationLoss),
        curve('embedding', 'main', compared.embedding.validationLoss),
      ],
      yScale: 'linear',
      best: null,
      ariaLabel: 'Validation loss over the epochs of the network with the indicator and of the one with the embedding.',
    }
    return () => props
  }, [compared])
  const container = usePlot(createCurves, select)
  return <div ref={container} className={classes.curve} />
}
