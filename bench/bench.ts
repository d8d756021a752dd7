const suites = {
  app: () => import('./app'),
  columns: () => import('./columns'),
  engine: () => import('./engine'),
  estimator: () => import('./estimator'),
  learning: () => import('./learning'),
  transfer: () => import('./transfer'),
}

/** `npm run bench -- app | columns | engine [measure …] | estimator | learning | transfer`: measures, prints, and writes bench/results/. */
export async function main([name = '', ...parts]: string[]): Promise<void> {
  if (!Object.hasOwn(suites, name))
    throw new Error(`Which measurement? npm run bench -- ${Object.keys(suites).join(' | ')}`)
  const { bench } = await suites[name as keyof typeof suites]()
  await bench(parts)
}
