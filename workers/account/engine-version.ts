/** Raised whenever a recorded outcome may change; links, journals and checkpoints carry it. The golden-hash test forces it. */
export const ENGINE = 4;
