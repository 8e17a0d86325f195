/**
 * Bring beside a later script what it needs: styles, which are waited for, and further scripts.
 *
 * It stands in place of the bundler's own, which leaves the link of a style that did not come
 * in the page and takes it for loaded ever after: tried again, the screen stood there undressed.
 */
const brought: Record<string, Promise<unknown> | undefined> = {}

function bring(file: string): Promise<unknown> {
  const link = document.createElement('link')
  const style = file.endsWith('.css')
  link.rel = style ? 'stylesheet' : 'modulepreload'
  link.crossOrigin = ''
  link.href = file
  document.head.append(link)
  if (!style) return Promise.resolve()
  return new Promise((come, lost) => {
    link.onload = come
    link.onerror = (why) => {
      link.remove()
      delete brought[file]
      lost(why)
    }
  })
}

const inPage = (file: string): boolean => document.querySelector(`[href="${file}"],[src="${file}"]`) !== null

function need(file: string): Promise<unknown> {
  return (brought[file] ??= inPage(file) ? Promise.resolve() : bring(file))
}

/** The bundler calls it by this name; `files` are written without the leading slash. */
export async function __vitePreload<Module>(load: () => Promise<Module>, files: readonly string[] = []): Promise<Module> {
  await Promise.all(files.map((file) => need(`/${file}`)))
  return load()
}
