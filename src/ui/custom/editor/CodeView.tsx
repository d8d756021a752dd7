import { useEffect, useRef } from 'react'
import { useLabStore } from '../useLab'
import { type CodeEditor, createCodeEditor } from './codeEditor'
import classes from './editor.module.css'

/** The code of the lab in an editor; where a run failed, its line is marked. */
export function CodeView() {
  const lab = useLabStore()
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!container.current) return
    const { code, edit, start } = lab.getState()
    const editor: CodeEditor = createCodeEditor(container.current, {
      code,
      onChange: edit,
      onRun: () => void start({ fresh: true }),
    })
    const stop = lab.subscribe((state, before) => {
      if (state.code !== before.code) editor.setCode(state.code)
      if (state.run.at === before.run.at) return
      editor.mark(state.run.at && { ...state.run.at, message: state.run.message ?? '' })
    })
    return () => {
      stop()
      editor.destroy()
    }
  }, [lab])
  return <div ref={container} className={classes.editor} />
}
