/**
 * Resolves, with the browser's reason, when the GPU device of TensorFlow.js's current backend is lost; never when the backend
 * has none or gives its device up itself. TensorFlow.js 4.22 does not look at `device.lost`.
 */
export async function deviceLost(): Promise<string> {
  const { backend } = await import('@tensorflow/tfjs-core')
  const current: object = backend()
  const device = 'device' in current ? (current.device as GPUDevice) : null
  const lost = await device?.lost
  if (!lost || lost.reason === 'destroyed') return new Promise(() => undefined)
  return lost.message.replace(/\.$/, '') || 'no reason given'
}
