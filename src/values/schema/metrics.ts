/** The server's metrics and who collects them. */
export const metrics = {};
