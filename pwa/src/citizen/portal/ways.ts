/** Addresses of mode B inside a dossier; they come with what follows the first questions. */

const portal = (id: string): string => `/ho-so#${id}/cong`

export const portalWay = {
  /** The sheet before filing, the code and where to look after it. */
  home: portal,
  sheet: (id: string) => `${portal(id)}/to`,
  code: (id: string) => `${portal(id)}/ma`,
} as const
