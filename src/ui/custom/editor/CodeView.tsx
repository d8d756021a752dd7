import { useEffect, useRef } from 'react'
import type { RunView } from '../runView'
import { useLabStore } from '../useLab'
import { type CodeEditor, createCodeEditor } from './codeEditor'
import classes from './editor.module.css'

/** The code of the lab in an editor; where a run failed, its line is marked. */
export function CodeView() {
  const lab = useLabStore()
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!container.current) return
    const { code, edit, start, run } = lab.getState()
    const editor: CodeEditor = createCodeEditor(container.current, {
      code,
      onChange: edit,
      onRun: () => void start({ fresh: true }),
    })
    const mark = ({ at, message }: RunView) => editor.mark(at && { ...at, message: message ?? '' })
    if (run.at) mark(run)
    const stop = lab.subscribe((state, before) => {
      if (state.document !== before.document) editor.open(state.code)
      else if (state.code !== before.code) editor.setCode(state.code)
      if (state.run.at !== before.run.at) mark(state.run)
    })
    return () => {
      stop()
      editor.destroy()
    }
  }, [lab])
  return <div ref={container} className={classes.editor} />
}
