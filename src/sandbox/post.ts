import type { SandboxEvent } from './protocol'

/** Says something to the page. `transfer`: buffers that are given away. */
export type Post = (event: SandboxEvent, transfer?: Transferable[]) => void
