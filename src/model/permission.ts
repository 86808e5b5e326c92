/** Call permissions, bit by bit, as Kamailio's routing reads them from `permittedcalls`. */
export const PERMISSION_FLAGS = {
  NOCALLS: 1,
  EMERGENCY: 2,
  INTERNAL: 4,
  VOIP: 8,
  NATIONAL: 16,
  SERVICES: 32,
  INTERNATIONAL: 64,
  OTHERS: 128,
} as const;

export type PermissionFlag = keyof typeof PERMISSION_FLAGS;

export const PERMISSION_ALL = 255;

export const PERMISSION_FLAG_NAMES = Object.keys(PERMISSION_FLAGS) as PermissionFlag[];

/** 7 → ["NOCALLS", "EMERGENCY", "INTERNAL"], in the order of the bits. */
export function permissionFlags(permission: number): PermissionFlag[] {
  return PERMISSION_FLAG_NAMES.filter((name) => (permission & PERMISSION_FLAGS[name]) !== 0);
}

/** A flag's bits by its name in any case (`ALL` is every one), or undefined for an unknown name. */
export function permissionBits(name: string): number | undefined {
  const upper = name.trim().toUpperCase();
  if (upper === "ALL") return PERMISSION_ALL;
  return PERMISSION_FLAGS[upper as PermissionFlag];
}
