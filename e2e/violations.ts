import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Rules whose answer depends on light or dark. */
const colorRules = ['color-contrast', 'link-in-text-block']

interface Asked {
  /** CSS selector; the whole page without it. */
  part?: string
  /** Where the same was asked whole in the other colour scheme. */
  colorsOnly?: boolean
}

/**
 * What breaks axe's rules, a line each. Legacy mode does without the second page that frames of other origins would need, and passed rules come without
 * their elements: together a third of the time, with the same violations.
 */
export async function violations(page: Page, { part, colorsOnly = false }: Asked = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (part) axe.include(part)
  if (colorsOnly) axe.withRules(colorRules)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  )
}
