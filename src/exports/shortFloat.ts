/** The shortest decimal that reads back as the same float32: 7 to 9 significant digits, half the bytes of JSON's 17. */
export function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}
