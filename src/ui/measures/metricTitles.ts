import type { MetricName } from '../../protocol/trainer'

export const metricTitles: Record<MetricName, string> = {
  loss: 'Loss',
  mse: 'MSE',
  rmse: 'RMSE',
  r2: 'R²',
  logLoss: 'Log loss',
  auc: 'AUC',
  accuracy: 'Accuracy',
  recall10: 'Recall@10',
  popularity10: 'Recall@10 of the most popular',
}

/** What the number means, in one line. */
export const metricHelp: Record<MetricName, string> = {
  loss: 'What training makes small.',
  mse: 'Mean squared error: less is better.',
  rmse: 'Root mean squared error, the typical size of an error: less is better.',
  r2: 'Share of the variance explained: 1 is perfect, 0 is no better than the mean.',
  logLoss: 'How surprised the model is by the truth: less is better.',
  auc: 'Chance that a positive row scores above a negative one: 1 is perfect, 0.5 is chance.',
  accuracy: 'Share of rows whose likeliest class is the true one.',
  recall10: 'Share of rows whose true next item is among the ten shown.',
  popularity10: 'The same where everybody is shown the most popular items that are not on the list yet.',
}

/** Read in percent. */
export function isShare(name: MetricName): boolean {
  return name === 'accuracy' || name === 'recall10' || name === 'popularity10'
}

/** A metric as it is read: an accuracy as `11.0 %`, the others with three decimals. */
export function formatNamedMetric(name: MetricName, value: number | undefined): string {
  if (!isShare(name) || value === undefined || !Number.isFinite(value)) return formatMetric(value)
  return `${(100 * value).toFixed(1)} %`
}

/** Three decimals with a true minus: `0.851`, `−0.02`. A dash where there is no number. */
export function formatMetric(value: number | undefined, digits = 3): string {
  if (value === undefined || !Number.isFinite(value)) return '–'
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}
