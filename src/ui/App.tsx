import './mantineStyles'
import './global.css'
import { MantineProvider } from '@mantine/core'
import { DropTarget } from './data/DropTarget'
import { OpeningDialog } from './data/OpeningDialog'
import { Header } from './header/Header'
import { InspectorWhenAsked } from './inspect/InspectorWhenAsked'
import { Playground } from './Playground'
import { LabPage } from './pages/LabPage'
import { cssVariables, theme } from './theme'
import { AppContext, type AppHandles, useAppStore } from './useApp'
import { useStartAtTop } from './useStartAtTop'

export function App({ app }: { app: AppHandles }) {
  return (
    <AppContext value={app}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <div className="app">
          <Header />
          <Screen />
        </div>
        <DropTarget />
        <OpeningDialog />
        <InspectorWhenAsked />
      </MantineProvider>
    </AppContext>
  )
}

function Screen() {
  const page = useAppStore((s) => s.page)
  useStartAtTop()
  return page === 'playground' ? <Playground /> : <LabPage page={page} />
}
