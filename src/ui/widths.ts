/** Widths in px of the compact density under which the page changes shape; present mode draws everything larger. */
export const NARROW_RAIL = 1200;
export const ONE_COLUMN = 900;
export const PHONE = 700;
export const WIDTHS = [NARROW_RAIL, 1024, ONE_COLUMN, PHONE] as const;
export const PRESENT_ZOOM = 1.5;
