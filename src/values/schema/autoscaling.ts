/** The HorizontalPodAutoscaler. */
export const autoscaling = {};
