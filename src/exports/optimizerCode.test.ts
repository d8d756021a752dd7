import { expect, it } from 'vitest'
import { everyOptimizer } from '../experiment/everyOptimizer'
import { optimizerCode } from './optimizerCode'

it('writes every optimizer as the library that the experiment names', () => {
  for (const { optimizer } of everyOptimizer(0.05)) {
    const { code, title } = optimizerCode(optimizer)
    const library = optimizer.flavor === 'keras' ? 'keras.optimizers.' : 'tf.compat.v1.train.'
    expect(code.startsWith(`optimizer = ${library}`)).toBe(true)
    expect(code).toContain('(0.05')
    expect(title).toContain(optimizer.flavor === 'keras' ? 'Keras' : 'TensorFlow 1')
  }
})

it('is TensorFlow 1’s where an experiment names none', () => {
  expect(optimizerCode({ type: 'ftrl', learningRate: 0.1 }).code).toBe(
    'optimizer = tf.compat.v1.train.FtrlOptimizer(0.1)',
  )
})

it('says where the library does otherwise', () => {
  const notes = (type: 'adam' | 'ftrl' | 'adamAllRows', flavor: 'tf1' | 'keras') =>
    optimizerCode({ type, learningRate: 1, flavor }).notes.join(' ')
  expect(notes('adam', 'tf1')).toContain('lazy')
  expect(notes('adamAllRows', 'tf1')).toBe('')
  expect(notes('adamAllRows', 'keras')).toContain('On TensorFlow')
  expect(notes('ftrl', 'keras')).toBe('')
})
