import { DayHourSheet } from './lab/DayHourSheet'
import { EmbeddingMapView } from './map/EmbeddingMapView'
import { MapLegend } from './map/MapLegend'
import { MapToolbar } from './map/MapToolbar'
import { PointTable } from './map/PointTable'
import classes from './map/stage.module.css'
import { useAppStore } from './useApp'

/** The embedding as a map or a table, and the day × hour sheet where the data has one. */
export function MiddleColumn() {
  const mapView = useAppStore((s) => s.mapView)
  return (
    <>
      <MapToolbar />
      <section
        className={classes.stage}
        aria-label={mapView === 'map' ? 'Map of the embedding' : 'Table of the embedding'}
      >
        {mapView === 'map' ? <EmbeddingMapView /> : <PointTable />}
      </section>
      <MapLegend />
      <DayHourSheet />
    </>
  )
}
