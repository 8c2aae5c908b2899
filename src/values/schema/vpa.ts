/** The VerticalPodAutoscaler. */
export const vpa = {};
