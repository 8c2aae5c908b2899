/**
 * How long helm may take, in milliseconds. A chart may have to be downloaded; hooks of a chart may
 * run.
 */
export const helmLimits = { version: 30_000, render: 120_000, change: 30 * 60_000 };
