const suites = { app: () => import('./app'), learning: () => import('./learning') }

/** `npm run bench -- app | learning`: measures, prints, and writes bench/results/. */
export async function main([name = '']: string[]): Promise<void> {
  if (!Object.hasOwn(suites, name))
    throw new Error(`Which measurement? npm run bench -- ${Object.keys(suites).join(' | ')}`)
  const { bench } = await suites[name as keyof typeof suites]()
  await bench()
}
