/** What Vite adds: addresses of workers, styles, files by their pattern, the mode of the build. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean }
  glob<Module>(patterns: readonly string[], options: { import: 'default' }): Record<string, (() => Promise<Module>) | undefined>
}

declare module '*.css'

declare module '*?worker&url' {
  const address: string
  export { address as default }
}
