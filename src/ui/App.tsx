import './mantineStyles'
import './global.css'
import { MantineProvider } from '@mantine/core'
import { LeftColumn } from './columns/LeftColumn'
import { DropTarget } from './data/DropTarget'
import { OpeningDialog } from './data/OpeningDialog'
import { Header } from './header/Header'
import { InspectorWhenAsked } from './inspect/InspectorWhenAsked'
import { LessonDrawer } from './lessons/LessonDrawer'
import { MiddleColumn } from './MiddleColumn'
import { Notices } from './Notices'
import { RightColumn } from './RightColumn'
import { SweepWhenAsked } from './sweep/SweepWhenAsked'
import { cssVariables, theme } from './theme'
import { Transport } from './transport/Transport'
import { useShortcuts } from './transport/useShortcuts'
import { useAfterFirstPicture } from './useAfterFirstPicture'
import { AppContext, type AppHandles } from './useApp'

export function App({ app }: { app: AppHandles }) {
  useShortcuts(app)
  const besides = useAfterFirstPicture()
  return (
    <AppContext value={app}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <div className="app">
          <Header />
          <Transport />
          <Notices />
          <aside className="app-left" aria-label="Data and feature columns">
            {besides && <LeftColumn />}
          </aside>
          <main>
            <LessonDrawer />
            <MiddleColumn />
          </main>
          <aside className="app-right" aria-label="Measures">
            {besides && <RightColumn />}
          </aside>
        </div>
        <DropTarget />
        <OpeningDialog />
        <InspectorWhenAsked />
        <SweepWhenAsked />
      </MantineProvider>
    </AppContext>
  )
}
