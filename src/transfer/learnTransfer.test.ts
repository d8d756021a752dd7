import { describe, expect, it } from 'vitest'
import { defaultTransfer, type StartKind, type TransferSettings } from '../experiment/transferSettings'
import { startNodeTrainer } from '../trainer/nodeTrainer'
import { runTransfer, type Transfer } from './runTransfer'
import { summarizeTransfer, type TransferSummary } from './transferResults'

async function learn(change: Partial<TransferSettings>): Promise<{ transfer: Transfer; summary: TransferSummary }> {
  const transfer = runTransfer({ ...defaultTransfer, ...change }, { startTrainer: startNodeTrainer, workers: 1 }, null)
  await new Promise<void>((resolve) => {
    transfer.subscribe(() => ['done', 'failed'].includes(transfer.state.status) && resolve())
  })
  expect(transfer.state).toMatchObject({ status: 'done', message: null, workers: 0 })
  return { transfer, summary: summarizeTransfer(transfer.state.plan!, transfer.state.cells) }
}

const mean = (summary: TransferSummary, kind: StartKind, size: number) =>
  summary[kind].find((each) => each.size === size)!.mean

describe('transfer from traffic to New York’s taxis', () => {
  it('is worth 0.3 of R² and more at 20 labels, mean of 20 seeds, and by 2,000 the cold start has caught up', async () => {
    const { transfer, summary } = await learn({ sizes: [20, 2000], seedCount: 20 })
    expect(transfer.state.cells).toHaveLength(120)
    expect(summary.scratch[0]!.runs).toHaveLength(20)
    const cold = mean(summary, 'scratch', 20)
    expect(mean(summary, 'frozen', 20) - cold).toBeGreaterThan(0.3)
    expect(mean(summary, 'fineTuned', 20) - cold).toBeGreaterThan(0.3)
    expect(mean(summary, 'scratch', 2000)).toBeGreaterThan(mean(summary, 'frozen', 2000))
    expect(mean(summary, 'scratch', 2000)).toBeGreaterThan(mean(summary, 'fineTuned', 2000) - 0.02)
  }, 120_000)

  it('needs several targets at once: one alone gives one useful direction', async () => {
    const r2 = async (targets: TransferSettings['targets']) =>
      mean((await learn({ targets, sizes: [200], seedCount: 5 })).summary, 'frozen', 200)
    expect(await r2(['cars', 'bike_members', 'bike_visitors'])).toBeGreaterThan((await r2(['cars'])) + 0.05)
  }, 120_000)
})

it('helps people who watch television, too, though traffic is another curve', async () => {
  const { summary } = await learn({ student: 'television', sizes: [20], seedCount: 10 })
  expect(mean(summary, 'fineTuned', 20)).toBeGreaterThan(mean(summary, 'scratch', 20) + 0.3)
}, 120_000)

it('is the same again from the same seed, to the last bit', async () => {
  const change = { sizes: [20], seedCount: 1 }
  const [one, other] = [await learn(change), await learn(change)]
  expect(one.summary).toEqual(other.summary)
}, 60_000)
