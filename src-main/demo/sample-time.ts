/** The instant at which the sample files end (Monday, 15 June 2026, 10:00 UTC), ms. Importers add `now - SAMPLE_NOW` to every time in them. */
export const SAMPLE_NOW = Date.UTC(2026, 5, 15, 10);
