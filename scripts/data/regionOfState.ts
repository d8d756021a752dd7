const statesOfRegion = {
  Northeast: 'CT ME MA NH NJ NY PA RI VT',
  Midwest: 'IL IN IA KS MI MN MO NE ND OH SD WI',
  South: 'AL AR DE DC FL GA KY LA MD MS NC OK SC TN TX VA WV',
  West: 'AZ CA CO ID MT NV NM OR UT WA WY',
  'Alaska and Hawaii': 'AK HI',
  Islands: 'AS GU MP PR VI',
}

const regionByState = new Map(
  Object.entries(statesOfRegion).flatMap(([region, states]) => states.split(' ').map((state) => [state, region])),
)

/** Region of the US Census Bureau by two-letter state; Alaska and Hawaii, and the island territories, apart. */
export function regionOfState(state: string): string {
  return regionByState.get(state) ?? 'elsewhere'
}
