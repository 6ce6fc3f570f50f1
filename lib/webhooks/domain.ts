/** What an endpoint can be told of, by Standard Webhooks' spelling. */
export const eventTypes = ["task.completed", "alert.raised", "webhook.test"] as const;
export type EventType = (typeof eventTypes)[number];
/** A test is sent when it is asked for, and cannot be chosen. */
export const chosenEvents = ["task.completed", "alert.raised"] as const;

export const deliveryStates = ["waiting", "delivered", "failed"] as const;
