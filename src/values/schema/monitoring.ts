/** Alerts, dashboards, logs and traces. */
export const monitoring = {};
