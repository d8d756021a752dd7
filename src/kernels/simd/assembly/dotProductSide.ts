/** One side of the product. Written by engine/cpu/dotProductSide.ts: the same fields in the same order. */
@unmanaged
export class Side {
  /** [rows], `stride` floats from one to the next. */
  table!: usize
  stride!: u32
  /** [lookups] */
  ids!: usize
  /** [B + 1]; 0 = one lookup an example. */
  offsets!: usize
  /** As embeddingBag has it. */
  combiner!: i32
  /** [lookups] the place of each lookup's row in `gradient`: see touchRows. */
  lookupPlaces!: usize
  /** [U × width], begun by startRowGradient; 0 = the table is not trained. */
  gradient!: usize
  /** [rows], `biasStride` floats from one to the next; 0 = no biases. */
  bias!: usize
  biasStride!: u32
  /** [U] */
  biasGradient!: usize
  /** [TILE × width] each, for combined bags and their gradient. */
  bags!: usize
  dBags!: usize
}
