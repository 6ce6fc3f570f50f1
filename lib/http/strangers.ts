import type { Origin } from "../core/actor";
import { countStranger, isFlooding } from "../limits/limiter";
import { knownSettings } from "../settings/known";

const perMinute = () => knownSettings().anonymous_per_minute;

/** Counts a request without a good credential against its address; answers whether it was one too many. */
export const takeStranger = (origin: Origin) => countStranger(origin.address, perMinute());

/** A credential looked right and turned out not to be: the same count, once it is known. */
export const noteBadCredential = (origin: Origin): void => void takeStranger(origin);

export const isFloodedFrom = (origin: Origin): boolean => isFlooding(origin.address, perMinute());
