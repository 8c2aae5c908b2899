/** Ways to the API from outside the cluster. */
export const ingress = {};
