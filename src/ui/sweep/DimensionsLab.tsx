export function DimensionsLab() {
  return <h2>Dimensions</h2>
}
