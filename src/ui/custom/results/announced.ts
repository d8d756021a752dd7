/** What code is going to draw, as far as its words tell: a place is kept for it, so that nothing moves when it comes. */
export function announced(code: string): { series: boolean; tables: boolean } {
  return {
    series: /\bshowSeries\s*\(/.test(code),
    tables: /\b(watchEmbedding|embeddingColumn|embedding)\s*\(/.test(code),
  }
}
