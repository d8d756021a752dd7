import { createCurves } from '../../../plots/curves'
import type { CurvesProps } from '../../../plots/curvesFrame'
import { usePlotOf } from '../../usePlotOf'
import classes from './results.module.css'

export function Chart({ props }: { props: CurvesProps }) {
  const chart = usePlotOf(createCurves, props)
  return <div ref={chart} className={classes.curve} />
}
