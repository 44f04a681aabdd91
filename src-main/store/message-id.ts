/** 2000-01-01T00:00:00Z. Message ids count from here so that they stay safe integers (2^53) until the year 2278. */
export const MESSAGE_EPOCH = Date.UTC(2000, 0, 1);
const PER_MS = 1024;

/** The lowest id a message of this time (ms UTC) can have. Times before 2000 share the lowest ids. */
export const firstIdAt = (at: number): number => Math.max(0, at - MESSAGE_EPOCH) * PER_MS;

/** The time an id stands for, ms UTC. */
export const timeOfId = (id: number): number => Math.floor(id / PER_MS) + MESSAGE_EPOCH;
