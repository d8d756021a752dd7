/** What a person looks at inside a column. */
export type InspectTab = 'collisions' | 'flow' | 'sparse' | 'inputs' | 'code'

export interface Inspecting {
  /** A dense column by name: `film_embedding`. */
  column: string
  tab: InspectTab
}
