/** What a page can hold and still answer. Figures in bytes are of 32-bit numbers. */
export const limits = {
  /** Of one column: each bucket has a key and a label of its own, about 270 bytes and a microsecond each. */
  buckets: 2_000_000,
  /** Of all weights and their optimizer state. A run holds up to four such states: the present one, the best epoch, one to fall back on, one on its way. */
  modelBytes: 512 * 2 ** 20,
  /** Of what one batch makes in every layer; the gradients take as much again, and WebAssembly ends at 2 GB. */
  batchBytes: 256 * 2 ** 20,
  /** Of a softmax: the menu of labels, the legend and a step of the usual batch stay quick up to it. */
  classes: 2000,
  /** Of a softmax that is sampled in training: it is still evaluated in full. */
  sampledClasses: 50_000,
} as const
