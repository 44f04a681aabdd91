export { changeIncident, closeIncident, declareIncident, knownIncident, reportIncidents, trendsNow } from './operations.ts';
