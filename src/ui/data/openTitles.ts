import type { AppStore } from '../../store/store'

/** Real film titles as a file that somebody brought: the same way in as any other text. */
export async function openTitles(store: AppStore, onChosen: () => void): Promise<void> {
  onChosen()
  try {
    const response = await fetch(new URL('data/film-titles.csv', document.baseURI))
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
    store.getState().openFiles([new File([await response.blob()], 'film-titles.csv', { type: 'text/csv' })])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    store.setState({ notice: `The film titles could not be read: ${reason}` })
  }
}
