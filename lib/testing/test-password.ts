/** The password of every account that the factories make, hashed once per run. */
export const testPassword = "plum Tractor 7 under the bridge";
