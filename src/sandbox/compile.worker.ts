import { compileCode } from './compileCode'

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; source: string }>) => {
  self.postMessage({ id: data.id, compiled: compileCode(data.source) })
})
