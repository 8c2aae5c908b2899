/** Who may talk to the pods, and they to whom. */
export const networkPolicy = {};
