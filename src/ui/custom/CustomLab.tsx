export function CustomLab() {
  return <h2>Custom model</h2>
}
