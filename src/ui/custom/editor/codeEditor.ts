import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, forEachDiagnostic, linter, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { compileAside } from '../../../sandbox/compileAside'
import { completeApi } from './completeApi'

/** A place in the code with what is wrong there; line and column from 1. */
export interface CodeMark {
  message: string
  line: number
  column: number
}

export interface CodeEditor {
  /** Another text, from its beginning: undo does not lead back to the one before. */
  open(code: string): void
  /** Replaces the text, where it is another; undo takes it back. */
  setCode(code: string): void
  /** Marks a line and goes there; null: takes the mark away. */
  mark(mark: CodeMark | null): void
  focus(): void
  destroy(): void
}

export interface CodeEditorOptions {
  code: string
  onChange(code: string): void
  /** Mod-Enter. */
  onRun(): void
}

const LINT_DELAY_MS = 500

/** An editor of TypeScript in `container`, as tall as it is. Escape, then Tab leaves it. */
export function createCodeEditor(container: HTMLElement, options: CodeEditorOptions): CodeEditor {
  let own = true
  /** Of the last run, until the code changes: the check of the code comes half a second after an edit, and must not take it away. */
  let marked: CodeMark | null = null
  const extensions = [
    runKeys(options.onRun),
    basics(),
    linter(
      async ({ state }) => {
        const faults = await faultsOf(state)
        return faults.length === 0 && marked ? [diagnosticAt(state, marked)] : faults
      },
      { delay: LINT_DELAY_MS },
    ),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged) return
      marked = null
      if (own) options.onChange(state.doc.toString())
    }),
  ]
  const stateOf = (doc: string) => EditorState.create({ doc, extensions })
  const view = new EditorView({ parent: container, state: stateOf(options.code) })
  return {
    open: (code) => view.setState(stateOf(code)),
    setCode(code) {
      if (view.state.doc.toString() === code) return
      own = false
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code }, selection: { anchor: 0 } })
      own = true
    },
    mark(mark) {
      marked = mark
      const diagnostics = mark ? [diagnosticAt(view.state, mark)] : []
      if (diagnostics.length === 0 && !hasDiagnostics(view.state)) return
      view.dispatch(setDiagnostics(view.state, diagnostics))
      const [first] = diagnostics
      if (first) view.dispatch({ effects: EditorView.scrollIntoView(first.from, { y: 'center' }) })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

function basics(): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    drawSelection(),
    history(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completeApi], icons: false }),
    javascript({ typescript: true }),
    syntaxHighlighting(classHighlighter),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': 'Code of the model. Escape, then Tab leaves the editor.',
      spellcheck: 'false',
      tabindex: '0',
      autocapitalize: 'off',
      autocorrect: 'off',
    }),
  ]
}

function runKeys(onRun: () => void): Extension {
  const run = () => {
    onRun()
    return true
  }
  return keymap.of([{ key: 'Mod-Enter', run }])
}

async function faultsOf(state: EditorState): Promise<Diagnostic[]> {
  const compiled = await compileAside(state.doc.toString())
  return compiled.ok ? [] : [diagnosticAt(state, compiled)]
}

/** From its column to the end of the line; the whole line where that is nothing. */
function diagnosticAt({ doc }: EditorState, { message, line, column }: CodeMark): Diagnostic {
  const place = doc.line(Math.min(Math.max(1, line), doc.lines))
  const from = Math.min(place.from + Math.max(0, column - 1), place.to)
  return { from: from === place.to ? place.from : from, to: place.to, severity: 'error', message }
}

function hasDiagnostics(state: EditorState): boolean {
  let found = false
  forEachDiagnostic(state, () => {
    found = true
  })
  return found
}
