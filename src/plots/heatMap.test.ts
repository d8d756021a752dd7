import { describe, expect, it } from 'vitest'
import { cellName, heatMapDomain } from './drawHeatMap'
import { moveCell } from './heatMap'
import { heatMapLayout } from './heatMapLayout'

describe('the heat map', () => {
  it('finds the cell under a pointer: the middle of every cell is that cell, at 390 pixels too', () => {
    for (const [width, height] of [
      [390, 240],
      [520, 300],
      [900, 420],
    ] as const) {
      const layout = heatMapLayout(width, height)
      expect(layout.right).toBeLessThanOrEqual(width)
      for (let cell = 0; cell < 168; cell++) {
        const x = layout.x(cell % 24) + layout.cellWidth / 2
        const y = layout.y(Math.floor(cell / 24)) + layout.cellHeight / 2
        expect(layout.cellAt(x, y)).toBe(cell)
      }
      expect(layout.cellAt(5, 100)).toBeNull()
      expect(layout.cellAt(layout.right + 1, 100)).toBeNull()
    }
  })

  it('moves by arrows: hours run on into the next day, days stop at the edge', () => {
    expect(moveCell(null, 'ArrowRight')).toBe(0)
    expect(moveCell(23, 'ArrowRight')).toBe(24)
    expect(moveCell(0, 'ArrowLeft')).toBe(0)
    expect(moveCell(150, 'ArrowDown')).toBe(150)
    expect(moveCell(30, 'ArrowUp')).toBe(6)
    expect(moveCell(30, 'Home')).toBe(24)
    expect(moveCell(30, 'End')).toBe(47)
    expect(moveCell(30, 'x')).toBeNull()
    expect(cellName(113)).toBe('Fri 17 h')
  })

  it('spans an error evenly around 0 and data from lowest to highest', () => {
    const values = Float32Array.of(-3, 1, Number.NaN, 2)
    expect(heatMapDomain({ values, scale: 'diverging', domain: null })).toEqual([-3, 3])
    expect(heatMapDomain({ values, scale: 'sequential', domain: null })).toEqual([-3, 2])
    expect(heatMapDomain({ values, scale: 'sequential', domain: [0, 10] })).toEqual([0, 10])
    expect(
      heatMapDomain({ values: new Float32Array(168).fill(Number.NaN), scale: 'sequential', domain: null }),
    ).toEqual([0, 1])
    expect(heatMapDomain({ values: new Float32Array(168), scale: 'diverging', domain: null })).toEqual([-1, 1])
  })
})
