/** What Vite adds: addresses of workers, styles, the mode of the build. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean }
}

declare module '*.css'

declare module '*?worker&url' {
  const address: string
  export { address as default }
}
