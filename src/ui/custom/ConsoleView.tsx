import { useEffect, useRef } from 'react'
import classes from './custom.module.css'
import { useLab } from './useLab'

/** What the code said, the newest at the bottom. */
export function ConsoleView() {
  const lines = useLab(({ run }) => run.console)
  const { status, message, at } = useLab(({ run: { status, message, at } }) => ({ status, message, at }))
  const box = useRef<HTMLElement>(null)
  // The newest line stays in sight while the person has not scrolled up.
  const followsEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls after each line.
  useEffect(() => {
    if (followsEnd.current) box.current?.scrollTo(0, box.current.scrollHeight)
  }, [lines, message])
  return (
    <section
      ref={box}
      className={classes.console}
      aria-label="Console"
      data-part="console"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        followsEnd.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {lines.length === 0 && message === null && <p className={classes.quiet}>What the code logs appears here.</p>}
      {lines.map(({ id, level, text, times }) => (
        <pre key={id} className={classes.line} data-level={level}>
          {text}
          {times > 1 && <span className={classes.times}>× {times.toLocaleString('en-US')}</span>}
        </pre>
      ))}
      {status === 'failed' && (
        <p role="alert" className={classes.fault}>
          {at && <strong>Line {at.line}: </strong>}
          {message}
        </p>
      )}
    </section>
  )
}
