import { useAppStore } from '../useApp'

/** Mail programs and chats cut off or refuse longer ones. */
const LONG_CHARACTERS = 4000

/** Says that the link, which carries edited code, has become long; nothing below that. */
export function LinkLength() {
  const length = useAppStore(({ custom }) => custom?.code?.length ?? 0)
  if (length <= LONG_CHARACTERS) return null
  return (
    <span title="Mail programs and chats may cut it off: send the code as text instead.">
      A long link: {length.toLocaleString('en-US')} characters
    </span>
  )
}
