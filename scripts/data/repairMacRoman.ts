/** Mac Roman's reading of the Latin-1 letters that occur in film titles, and what was meant. */
const meant: Record<string, string> = {
  '‡': 'à',
  '·': 'á',
  '‚': 'â',
  '‰': 'ä',
  Á: 'ç',
  Ë: 'è',
  È: 'é',
  Í: 'ê',
  Î: 'ë',
  Ì: 'í',
  Ó: 'î',
  Ò: 'ñ',
  Û: 'ó',
  Ù: 'ô',
  ˆ: 'ö',
  '˙': 'ú',
  '˚': 'û',
  '¸': 'ü',
}

/** `AmÈlie` → `Amélie`: titles that were Latin-1 and were once read as Mac Roman. */
export function repairMacRoman(text: string): string {
  return [...text].map((letter) => meant[letter] ?? letter).join('')
}
