export function TransferLab() {
  return <h2>Transfer</h2>
}
