/** Scaling by KEDA. */
export const keda = {};
