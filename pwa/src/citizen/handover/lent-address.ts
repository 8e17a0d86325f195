/** The address of a file made here, for as long as its page stands: the browser holds its bytes until then. */
export function lentAddress(file: Blob, tell: (address: string) => void): () => void {
  const address = URL.createObjectURL(file)
  tell(address)
  return () => URL.revokeObjectURL(address)
}
